"""What a chain is called: by whose Units stand in it. A name is kept with each of them for ever."""

LAPTOP, ACCOUNT, IMPORT = "d", "a", "i"


def of_laptop(device_id: str, incarnation: int | str) -> str:
    """The chain of one incarnation of a laptop, or of what branched off one."""
    return f"{LAPTOP}:{device_id}/{incarnation}"


def of_account(account_id: str) -> str:
    """The chain of what somebody said at a page or a shell."""
    return f"{ACCOUNT}:{account_id}"


def of_import(source: str) -> str:
    """The chain of what came out of a list, or of the seed."""
    return f"{IMPORT}:{source}"


def kind_of(chain: str) -> str:
    """LAPTOP, ACCOUNT or IMPORT."""
    return chain.partition(":")[0]


def owner_of(chain: str) -> str:
    """Whose chain it is: the id of the laptop or of the account, whatever the incarnation."""
    return chain.rpartition(":")[2].partition("/")[0]


def incarnation_of(chain: str) -> str:
    """Which incarnation of its laptop a chain is, in digits; or which branch."""
    return chain.rpartition("/")[2]
