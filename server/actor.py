"""Who acts: an account with what it may do now, or the system itself."""

from dataclasses import dataclass

from schema.ids import derived_id
from schema.policy import EVERYWHERE, ROLES, Grant, Sight


@dataclass(frozen=True)
class Actor:
    """Somebody acting; ``os_user`` where it comes from a shell, ``device_id`` from a laptop."""

    account_id: str
    name: str
    sight: Sight
    os_user: str = ""
    device_id: str = ""


# The shell of the machine that holds the database anyway: every role, everywhere, and no login.
SYSTEM = Actor(
    derived_id("account", "system"), "system", Sight.of(Grant(role, EVERYWHERE) for role in ROLES)
)


def system(os_user: str) -> Actor:
    """The built-in actor in the hands of this operating-system user."""
    return Actor(SYSTEM.account_id, SYSTEM.name, SYSTEM.sight, os_user)
