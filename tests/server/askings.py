"""Every request that somebody could make of the server, and who may make it by ``schema.policy``.

A new route gets a line in ASKINGS, or the matrix fails.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial

from schema.entities import ENTITIES
from schema.policy import COMPARTMENTS, PROGRAMME, Sight
from server.registry.lanes import compartments_of
from tests.schema.programme import ident
from tests.server import stores
from tests.server.province import ADULTS, OWN, REFERENCE, SIDES, SPARE, Province, bucket, nouns_at
from tests.server.wanted import (
    ABSENT,
    YES,
    Wants,
    acting,
    ages,
    anywhere,
    everybody,
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
                yield _about(path, ident(noun, side), on(bucket(noun, side), verb))
        yield _about(path, NOBODY, nobody)

    return made


def of_nouns(act: str, nouns: Collection[str] = OPENED, verb: str = "change") -> Makes:
    """A page about a record of any of these nouns."""

    def made(province: Province) -> Iterator[tuple[str, str, Wants]]:
        for noun in (noun for noun in nouns_at(OWN) if noun in nouns):
            yield from of_records(f"/records/{noun}/{{}}{act}", noun, verb)(province)
        for (noun, record_id), where in REFERENCE.items():
            if noun in nouns:
                path = f"/records/{noun}/{{}}{act}"
                yield _about(path, record_id, on((where, PROGRAMME), verb))

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
                yield _about(path, ident(parent, side), wants)
        yield _about(path, NOBODY, nobody)


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
        yield _about(path, dispute_id, on(where, verb))
    yield _about(path, NOBODY, nobody)


def of_ages(_province: Province) -> Iterator[tuple[str, str, Wants]]:
    """Who decides on ages decides on whom they read."""
    for side in SIDES:
        yield _about("/cases/person/{}/age", ident("person", side), ages(bucket("person", side)))
    yield _about("/cases/person/{}/age", NOBODY, nobody)


def of_criteria(path: str, verb: str, _province: Province) -> Iterator[tuple[str, str, Wants]]:
    """Criteria are everybody's to read; who may not write them is not told of the form."""
    yield _about(path, ident("criteria_set"), anywhere(verb, "reference"))
    yield _about(path, NOBODY, nobody)


def of_acts(
    path: str, noun: str, verb: str, _province: Province
) -> Iterator[tuple[str, str, Wants]]:
    """An act about an adult's case or appeal, in one's own name."""
    for side in ADULTS:
        yield _about(path, ident(noun, side), acting(bucket(noun, side), verb, *FILES))
    yield _about(path, NOBODY, nobody)


def of_held(path: str, verb: str, province: Province) -> Iterator[tuple[str, str, Wants]]:
    """What is held is shown to who approves where it would be."""
    for unit_id, where in province.held.values():
        yield _about(path, unit_id, held(where, verb))
    yield _about(path, NOBODY, nobody)


def of_taking(path: str, province: Province) -> Iterator[tuple[str, str, Wants]]:
    """What somebody else took is known to who takes reports and reads what is done here."""

    def wants(sight: Sight) -> str:
        known = sight.anywhere("read", "admin") and anywhere("export", *EXPORTED)(sight) == YES
        return YES if known else ABSENT

    yield _about(path, province.taking, wants)
    yield _about(path, NOBODY, nobody)


def of_reports(_province: Province) -> Iterator[tuple[str, str, Wants]]:
    """Each report has its own right."""
    yield "/exports/gates", "/exports/nothing", anywhere("export", "reference")
    yield "/exports/case-list", "/exports/nothing", anywhere("export", "case")
    yield "/exports/gate-ledger", "/exports/nothing", anywhere("export", "case")
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


def _about(path: str, record_id: str, wants: Wants) -> tuple[str, str, Wants]:
    return path.format(record_id), path.format(NOBODY), wants


PERSON, PICTURES = "/people/{}", "/cases/{}/attachments/new"
ASKINGS: dict[tuple[str, str], Makes] = {
    ("GET", "frame.home"): plain("/", everybody),
    ("GET", "frame.look"): plain("/look/look.css", everybody),
    ("POST", "frame.display"): plain("/display", everybody),
    ("GET", "security.login"): plain("/login", everybody),
    ("POST", "security.login"): plain("/login", everybody),
    ("GET", "security.verify"): plain("/verify", everybody),
    ("POST", "security.verify"): plain("/verify", everybody),
    ("GET", "security.change_password"): plain("/change", everybody),
    ("POST", "security.change_password"): plain("/change", everybody),
    ("GET", "health.live"): plain("/health/live", everybody),
    ("GET", "health.ready"): plain("/health/ready", everybody),
    ("GET", "health.metrics"): plain("/metrics", everybody),
    ("POST", "enrolment.enrol"): plain("/sync/1/enrol", everybody),
    ("GET", "home.index"): plain("/board", anywhere("read", *REGISTRY)),
    ("GET", "cases.index"): plain("/cases", anywhere("read", *FILES)),
    ("POST", "cases.find"): plain("/cases/find", anywhere("read", *FILES)),
    ("GET", "cases.one"): of_records("/cases/{}", "case"),
    ("GET", "cases.person"): of_records("/cases/person/{}", "person"),
    ("GET", "age.ask"): of_ages,
    ("POST", "age.decide"): of_ages,
    ("GET", "criteria.index"): plain("/eligibility/criteria", anywhere("read", "reference")),
    ("GET", "criteria.one"): partial(of_criteria, "/eligibility/criteria/{}", "read"),
    ("GET", "criteria.ask_adopt"): partial(
        of_criteria, "/eligibility/criteria/{}/adopt", "approve"
    ),
    ("POST", "criteria.adopt"): partial(of_criteria, "/eligibility/criteria/{}/adopt", "approve"),
    ("POST", "criteria.follow"): partial(of_criteria, "/eligibility/criteria/{}/next", "create"),
    ("GET", "eligibility.index"): plain("/eligibility", anywhere("read", *FILES)),
    ("GET", "eligibility.one"): of_records("/eligibility/{}", "case"),
    **{
        ("POST", f"eligibility.{act}"): partial(of_acts, f"/eligibility/{{}}/{act}", "case", verb)
        for act, verb in (
            ("propose", "create"),
            ("decide", "approve"),
            ("revoke", "approve"),
            ("told", "create"),
        )
    },
    ("GET", "rosters.index"): plain("/eligibility/lists", anywhere("read", "background")),
    ("GET", "appeals.index"): plain("/eligibility/appeals", anywhere("read", *FILES)),
    ("GET", "appeals.ask"): partial(of_acts, "/eligibility/{}/appeal", "case", "create"),
    ("POST", "appeals.file"): partial(of_acts, "/eligibility/{}/appeal", "case", "create"),
    ("GET", "appeals.one"): of_records("/eligibility/appeals/{}", "appeal"),
    ("POST", "appeals.step"): partial(of_acts, "/eligibility/appeals/{}", "appeal", "create"),
    ("GET", "people.new"): plain("/cases/new", anywhere("create", *FILES)),
    ("POST", "people.add"): plain("/cases/new", anywhere("create", *FILES)),
    ("GET", "weapons.index"): plain("/weapons", anywhere("read", "weapons")),
    ("GET", "weapons.one"): of_records("/weapons/{}", "weapon"),
    ("GET", "disputes.index"): plain("/disputes", anywhere("read", *OF_PEOPLE)),
    ("GET", "disputes.one"): partial(of_disputes, "read", "/disputes/{}"),
    ("POST", "disputes.settle"): partial(of_disputes, "change", "/disputes/{}"),
    ("GET", "handover.index"): plain("/handover", anywhere("read", *FILES)),
    ("GET", "held.index"): plain("/held", anywhere("approve", *EVERYTHING)),
    ("GET", "held.one"): partial(of_held, "/held/{}", "read"),
    ("POST", "held.retry"): partial(of_held, "/held/{}/retry", "approve"),
    ("POST", "held.close"): partial(of_held, "/held/{}/close", "approve"),
    ("GET", "lists.index"): plain("/records", anywhere("read", *REGISTRY)),
    ("GET", "lists.one"): of_lists,
    ("GET", "files.one"): of_nouns("", FILED, "read"),
    ("GET", "attachments.ask"): of_records(PICTURES, "case", "create"),
    ("POST", "attachments.add"): of_records(PICTURES, "case", "create"),
    ("GET", "attachments.one"): of_records("/attachments/{}", "attachment"),
    ("GET", "attachments.give"): of_records("/attachments/{}/original", "attachment"),
    ("GET", "records.new"): partial(of_new, OPENED),
    ("POST", "records.add"): partial(of_new, SENT),
    ("GET", "records.edit"): of_nouns("/edit", EDITED),
    ("POST", "records.change"): of_nouns("/edit", SENT),
    ("GET", "records.ask_withdraw"): of_nouns("/withdraw", WITHDRAWN),
    ("POST", "records.withdraw"): of_nouns("/withdraw", WITHDRAWN),
    ("GET", "exports.index"): plain("/exports", anywhere("export", *EXPORTED)),
    ("GET", "exports.ask"): of_reports,
    ("POST", "exports.make"): of_reports,
    ("GET", "exports.taken"): partial(of_taking, "/exports/taken/{}"),
    ("GET", "exports.manifest"): partial(of_taking, "/exports/taken/{}/manifest.json"),
    ("GET", "accounts.index"): plain("/people", anywhere("read", "admin")),
    ("GET", "accounts.new"): plain("/people/new", anywhere("create", "admin")),
    ("POST", "accounts.add"): plain("/people/new", anywhere("create", "admin")),
    ("GET", "accounts.one"): of_account(PERSON, "read"),
    ("GET", "accounts.ask_grant"): of_account(PERSON + "/grant", "change"),
    ("POST", "accounts.grant"): of_account(PERSON + "/grant", "change"),
    ("POST", "accounts.end_grant"): of_account(PERSON + "/grant/{grant}/end", "change"),
    ("POST", "accounts.disable"): of_account(PERSON + "/disable", "change"),
    ("POST", "accounts.enable"): of_account(PERSON + "/enable", "change"),
    ("POST", "accounts.password"): of_account(PERSON + "/password", "change"),
    ("POST", "accounts.code"): of_account(PERSON + "/code", "create"),
    ("GET", "accounts.laptops"): plain("/laptops", anywhere("read", "admin")),
    ("GET", "sticks.ask"): plain("/laptops/stick", anywhere("change", "admin")),
    ("POST", "sticks.accept"): plain("/laptops/stick", anywhere("change", "admin")),
    ("GET", "restored.index"): plain("/restored", anywhere("read", "admin")),
    ("GET", "accounts.ask_revoke"): of_account("/laptops/{laptop}/revoke", "change"),
    ("POST", "accounts.revoke"): of_account("/laptops/{laptop}/revoke", "change"),
    ("GET", "accounts.ask_wipe"): of_account("/laptops/{laptop}/wipe", "change"),
    ("POST", "accounts.wipe"): of_account("/laptops/{laptop}/wipe", "change"),
}
WORDS = {one.noun: one.in_addresses() for one in ENTITIES if one.written_by == "people"}


def of_the_programme(noun: str, path: str, _province: Province) -> Iterator[tuple[str, str, Wants]]:
    """A record that is nobody's and everybody's."""
    for (kind, record_id), where in REFERENCE.items():
        if kind == noun:
            yield _about(path, record_id, on((where, PROGRAMME)))
    yield _about(path, NOBODY, nobody)


def api() -> Iterator[tuple[tuple[str, str], Makes]]:
    """The API: a list and a record of each noun."""
    shared = {noun: where for (noun, _id), where in REFERENCE.items()}
    for noun, word in WORDS.items():
        one, many = f"/api/v1/{word}/{{}}", f"/api/v1/{word}"
        homes = [shared[noun]] if noun in shared else [bucket(noun, side)[0] for side in SIDES]
        named = f"api.{noun.replace('_', '-')}"
        yield ("GET", f"{named}-list"), plain(many, anywhere("read", *homes), "/api/v1/no-such")
        about = partial(of_the_programme, noun, one) if noun in shared else of_records(one, noun)
        yield ("GET", named), about
    lists = plain("/api/v1/disputes", anywhere("read", *REGISTRY), "/api/v1/no-such")
    yield ("GET", "api.dispute-list"), lists
    yield ("GET", "api.dispute"), partial(of_disputes, "read", "/api/v1/disputes/{}")
    yield ("GET", "api-docs.openapi_json"), plain("/api/v1/openapi.json", everybody)
    yield ("GET", "api_pages.described"), plain("/api/docs", everybody)


ASKINGS |= dict(api()) | stores.ASKINGS
# Tried apart: one ends the session that the others need, the others ask for a laptop's token.
APART = {("POST", name) for name in ("security.logout", "sync.sync", "sync.digest", "sync.wiped")}
APART |= {("POST", "blobs.ask"), ("PATCH", "blobs.take")}
APART |= {("GET", name) for name in ("blobs.give", "sync.snapshot")}


def askings(province: Province) -> list[Asking]:
    """All requests of the matrix, in one order."""
    return [
        Asking(endpoint, method, path, like, wants)
        for (method, endpoint), made in ASKINGS.items()
        for path, like, wants in made(province)
    ]
