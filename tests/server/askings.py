"""Every request that somebody could make of the server, and who may make it by ``schema.policy``.

A new route gets a line in ASKINGS, or the matrix fails.
"""

from collections.abc import Iterator
from functools import partial

from schema.entities import ENTITIES
from schema.policy import PROGRAMME
from tests.server import stores
from tests.server.asked_how import (
    EDITED,
    EVERYTHING,
    EXPORTED,
    FILED,
    FILES,
    NOBODY,
    OF_PEOPLE,
    OPENED,
    REGISTRY,
    SENT,
    WITHDRAWN,
    Asking,
    Makes,
    about,
    of_account,
    of_acts,
    of_ages,
    of_criteria,
    of_disputes,
    of_held,
    of_lists,
    of_new,
    of_nouns,
    of_records,
    of_reports,
    of_taking,
    plain,
)
from tests.server.province import Province
from tests.server.standing import REFERENCE, SIDES, bucket
from tests.server.wanted import (
    Wants,
    anywhere,
    everybody,
    nobody,
    on,
)

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
    ("GET", "cards.ask"): plain("/cards/check", anywhere("read", *FILES)),
    ("POST", "cards.tell"): plain("/cards/check", anywhere("read", *FILES)),
    ("GET", "papers.one"): of_records("/papers/hand_in/{}", "hand_in"),
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
            yield about(path, record_id, on((where, PROGRAMME)))
    yield about(path, NOBODY, nobody)


def api() -> Iterator[tuple[tuple[str, str], Makes]]:
    """The API: a list and a record of each noun."""
    shared = {noun: where for (noun, _id), where in REFERENCE.items()}
    for noun, word in WORDS.items():
        one, many = f"/api/v1/{word}/{{}}", f"/api/v1/{word}"
        homes = [shared[noun]] if noun in shared else [bucket(noun, side)[0] for side in SIDES]
        named = f"api.{noun.replace('_', '-')}"
        yield ("GET", f"{named}-list"), plain(many, anywhere("read", *homes), "/api/v1/no-such")
        one_of = partial(of_the_programme, noun, one) if noun in shared else of_records(one, noun)
        yield ("GET", named), one_of
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
