"""Addresses that came in with a request: only this site's own may be gone to."""


def within(address: str) -> str:
    r"""The address if it is a path of this site, else its start page.

    Browsers read ``\`` as ``/`` and skip control characters, so ``/\host`` leads away as well.
    """
    local = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if local and address.isprintable() and "\\" not in address else "/"
