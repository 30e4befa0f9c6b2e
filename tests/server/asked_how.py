"""The ways in which a route is asked for: about a record, a list, a new one, by everybody or by some."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from schema.policy import COMPARTMENTS, PROGRAMME, Sight
from server.registry.lanes import compartments_of
from tests.schema.programme import ident
from tests.server.province import Province
from tests.server.standing import ADULTS, OWN, REFERENCE, SIDES, SPARE, bucket, nouns_at
from tests.server.wanted import (
    ABSENT,
    YES,
    Wants,
    acting,
    ages,
    anywhere,
    held,
    nobody,
    on,
    under,
)

NOBODY = ident("nobody at all")
EVERYTHING = tuple(COMPARTMENTS)
REGISTRY = tuple(name for name in COMPARTMENTS if name != "admin")
OF_PEOPLE = tuple(name for name in REGISTRY if name != "reference")
FILES, EXPORTED = ("case", "child"), ("reference", "case")
# The pages of records take any noun: of each kind of bucket, and each way to come by it, one is tried.
WITHDRAWN = ("person", "weapon", "area")
SENT = ("person", "service", "background", "weapon", "area", "armed_group")
FILED = ("service", "background", "custody_event", "lot", "hand_in", "area", "armed_group")
EDITED = (*SENT, "case")
OPENED = (*EDITED, "custody_event")


@dataclass(frozen=True)
class Asking:
    """One request. like: the same about what does not exist. wants: what each sight is answered."""

    endpoint: str
    method: str
    path: str
    like: str
    wants: Wants

    @property
    def what(self) -> str:
        """How a failing test names it."""
        return f"{self.method} {self.path}"


Makes = Callable[[Province], Iterator[tuple[str, str, Wants]]]


def plain(path: str, wants: Wants, like: str = "/no-such-page") -> Makes:
    """A page without a record; where it is not for somebody it is not there."""
    return lambda _province: iter([(path, like, wants)])


def of_records(path: str, noun: str, verb: str = "read") -> Makes:
    """A page about a record of one noun, on each side of the border."""

    def made(_province: Province) -> Iterator[tuple[str, str, Wants]]:
        for side in SIDES:
            if noun in nouns_at(side):
                yield about(path, ident(noun, side), on(bucket(noun, side), verb))
        yield about(path, NOBODY, nobody)

    return made


def of_nouns(act: str, nouns: Collection[str] = OPENED, verb: str = "change") -> Makes:
    """A page about a record of any of these nouns."""

    def made(province: Province) -> Iterator[tuple[str, str, Wants]]:
        for noun in (noun for noun in nouns_at(OWN) if noun in nouns):
            yield from of_records(f"/records/{noun}/{{}}{act}", noun, verb)(province)
        for (noun, record_id), where in REFERENCE.items():
            if noun in nouns:
                path = f"/records/{noun}/{{}}{act}"
                yield about(path, record_id, on((where, PROGRAMME), verb))

    return made


def of_new(nouns: Collection[str], _province: Province) -> Iterator[tuple[str, str, Wants]]:
    """The form of a new record, under what is on each side of the border, and under nothing."""
    for noun, where in {noun: where for (noun, _id), where in REFERENCE.items()}.items():
        if noun in nouns:
            yield f"/records/{noun}/new", "/no-such-page", anywhere("create", where)
    for noun in (noun for noun in nouns_at(OWN) if noun in nouns and noun != "person"):
        parent = {"case": "person", "custody_event": "weapon"}.get(noun, "case")
        path = f"/records/{noun}/new?{parent}_id={{}}"
        for side in SIDES:
            if noun in nouns_at(side):
                wants = under(bucket(parent, side), bucket(noun, side))
                yield about(path, ident(parent, side), wants)
        yield about(path, NOBODY, nobody)


def of_lists(_province: Province) -> Iterator[tuple[str, str, Wants]]:
    """The lists of the programme's own records, and of what hangs on people and weapons."""
    for noun, where in {noun: where for (noun, _id), where in REFERENCE.items()}.items():
        if noun in ("criteria_set", "criterion"):
            continue  # on pages of their own
        yield f"/records/{noun}", "/no-such-page", on((where, PROGRAMME))
    for noun in ("service", "background", "custody_event"):
        yield f"/records/{noun}", "/no-such-page", anywhere("read", *compartments_of(noun))


def of_disputes(verb: str, path: str, province: Province) -> Iterator[tuple[str, str, Wants]]:
    """A dispute is where its record is."""
    for dispute_id in province.disputes.values():
        where = province.known["dispute", dispute_id]
        yield about(path, dispute_id, on(where, verb))
    yield about(path, NOBODY, nobody)


def of_ages(_province: Province) -> Iterator[tuple[str, str, Wants]]:
    """Who decides on ages decides on whom they read."""
    for side in SIDES:
        yield about("/cases/person/{}/age", ident("person", side), ages(bucket("person", side)))
    yield about("/cases/person/{}/age", NOBODY, nobody)


def of_criteria(path: str, verb: str, _province: Province) -> Iterator[tuple[str, str, Wants]]:
    """Criteria are everybody's to read; who may not write them is not told of the form."""
    yield about(path, ident("criteria_set"), anywhere(verb, "reference"))
    yield about(path, NOBODY, nobody)


def of_acts(
    path: str, noun: str, verb: str, _province: Province
) -> Iterator[tuple[str, str, Wants]]:
    """An act about an adult's case or appeal, in one's own name."""
    for side in ADULTS:
        yield about(path, ident(noun, side), acting(bucket(noun, side), verb, *FILES))
    yield about(path, NOBODY, nobody)


def of_held(path: str, verb: str, province: Province) -> Iterator[tuple[str, str, Wants]]:
    """What is held is shown to who approves where it would be."""
    for unit_id, where in province.held.values():
        yield about(path, unit_id, held(where, verb))
    yield about(path, NOBODY, nobody)


def of_taking(path: str, province: Province) -> Iterator[tuple[str, str, Wants]]:
    """What somebody else took is known to who takes reports and reads what is done here."""

    def wants(sight: Sight) -> str:
        known = sight.anywhere("read", "admin") and anywhere("export", *EXPORTED)(sight) == YES
        return YES if known else ABSENT

    yield about(path, province.taking, wants)
    yield about(path, NOBODY, nobody)


def of_reports(_province: Province) -> Iterator[tuple[str, str, Wants]]:
    """Each report has its own right."""
    yield "/exports/gates", "/exports/nothing", anywhere("export", "reference")
    yield "/exports/case-list", "/exports/nothing", anywhere("export", "case")
    yield "/exports/gate-ledger", "/exports/nothing", anywhere("export", "case")
    yield "/exports/three-way", "/exports/nothing", anywhere("export", "payments")
    yield "/exports/nothing", "/exports/nothing", nobody


def of_account(path: str, verb: str) -> Makes:
    """A page about an account, a grant of it, or a laptop: these have no scope."""

    def made(province: Province) -> Iterator[tuple[str, str, Wants]]:
        spare = province.accounts[SPARE]
        grant, laptop = province.spare_grant, province.laptops[SPARE].id
        like = path.format(NOBODY, grant=NOBODY, laptop=NOBODY)
        yield path.format(spare, grant=grant, laptop=laptop), like, anywhere(verb, "admin")
        yield like, like, nobody

    return made


def about(path: str, record_id: str, wants: Wants) -> tuple[str, str, Wants]:
    return path.format(record_id), path.format(NOBODY), wants
