"""All code lists that come with the program, by their names. A further module of lists gets its line here."""

from types import ModuleType

from schema import (
    calendars,
    codes,
    codes_cards,
    codes_child,
    codes_declared,
    codes_eligibility,
    codes_family,
    codes_forms,
    codes_health,
    codes_information,
    codes_payments,
    codes_profile,
    codes_reintegration,
    codes_weapons,
)
from schema.codes import CodeList

MODULES: tuple[ModuleType, ...] = (
    calendars,
    codes,
    codes_cards,
    codes_child,
    codes_eligibility,
    codes_declared,
    codes_family,
    codes_forms,
    codes_health,
    codes_information,
    codes_payments,
    codes_profile,
    codes_reintegration,
    codes_weapons,
)


def by_name(name: str) -> CodeList | None:
    """The list of this name, None where there is none."""
    return _BY_NAME.get(name)


def lists_of(module: ModuleType) -> list[CodeList]:
    """The lists of a module, in its order."""
    return [value for value in vars(module).values() if isinstance(value, CodeList)]


_BY_NAME = {listed.name: listed for module in MODULES for listed in lists_of(module)}
