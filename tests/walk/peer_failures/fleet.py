"""Laptops that have synced with one registry, and what they and it show."""

import re
from dataclasses import dataclass

from field_client import enrolment, home, sync
from field_client.store import outbox, rows
from tests.field_client.agreeing import case, person, save
from tests.field_client.registry import PASSPHRASE, Registry


@dataclass(frozen=True)
class Fleet:
    """Laptops that have synced: Awa and Idriss work in caseload A, Bakary in B."""

    awa: home.Unlocked
    idriss: home.Unlocked
    bakary: home.Unlocked


def joined(registry: Registry, name: str) -> home.Unlocked:
    """A laptop of Bakary's that has not synced yet."""
    return enrolment.enrol(
        registry.folder / name, registry.url, registry.code("bakary"), PASSPHRASE
    )


def met(registry: Registry, *laptops: home.Unlocked) -> str:
    """Somebody with a case whom all these laptops hold; who that is."""
    who = person()
    save(laptops[0], who, case(who))
    for laptop in laptops:
        sync.run(laptop)
    assert registry.row("person", who.record)
    return who.record


def phone(laptop: home.Unlocked, who: str) -> object:
    """The telephone number that a laptop shows of somebody."""
    with laptop.opened() as db:
        return (rows.fetch(db, "person", who) or {}).get("phone")


def at_the_registry(registry: Registry, who: str) -> object:
    """The telephone number that is in force."""
    return (registry.row("person", who) or {}).get("phone")


def unsent(laptop: home.Unlocked) -> list[str]:
    """The Units that are only on this laptop."""
    with laptop.opened() as db:
        return [row["unit_id"] for row in outbox.unsent(db)]


def number_in(row: dict[str, str]) -> int:
    """Which of the people that were laid a row of a list is about."""
    return int(row["Name"].split()[-1])


def still(text: str) -> str:
    """A page without what is new in it at each look."""
    return re.sub(r'(csrf_token" value|find)="?[^"&]+', "", text)


def people_on(laptop: home.Unlocked) -> int:
    """How many people a laptop shows."""
    with laptop.opened() as db:
        return int(db.table("person").count)
