"""What Awa types on the way through a registration."""

from tests.field_client.pages.browsing import Browser

WHO = {"name": "Ibrahim Sow", "mother_name": "Halima", "sex": "male", "birth_date-year": "1990"}


TOLD = {"language": "fra", "how": "read-aloud"}


def at_information(awa: Browser, **typed: str) -> Browser:
    """Search, find nobody, go on to what they are told."""
    awa.get("/register").submit(**{"name": "Ibrahim Sow", "mother_name": "Halima", **typed})
    return awa.send(f"{awa.path.rpartition('/')[0]}/not-known", {})


def at_who(awa: Browser, **typed: str) -> Browser:
    """Told in French, and on to step Who."""
    return at_information(awa, **typed).submit(**TOLD)


def at_household(awa: Browser, **typed: str) -> Browser:
    """A grown man without a weapon, who wants no photo."""
    return at_weapon(awa, **typed).submit(handed_in="no").submit()


def at_weapon(awa: Browser, **typed: str) -> Browser:
    """A grown man, screened."""
    at_who(awa).submit(**{**WHO, **typed})
    return awa.submit(process="adult", category="combatant")


def at_check(awa: Browser, **typed: str) -> Browser:
    """Every step answered as for a grown man without weapon or household."""
    return at_household(awa, **typed).submit()
