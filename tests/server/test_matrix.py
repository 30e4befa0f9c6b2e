"""Every route, tried by every role, on each side of the border: the policy says what is answered."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from schema.ids import new_id
from schema.policy import ROLES
from server import access, accounts, devices, ledger
from server.actor import SYSTEM
from server.db import metadata, reading, writing
from tests.databases import ENGINES, Databases
from tests.schema.programme import A, ident, person
from tests.server.askings import APART, ASKINGS, NOBODY, Asking, askings
from tests.server.desk import Visitor
from tests.server.filled_forms import FILLED
from tests.server.province import Province
from tests.server.readers import MACHINES, Reader, read, signed_in, to_sign_in, unanswered, wrong
from tests.server.served_province import counted, served
from tests.server.standing import DISABLED, OWN, SIDES, SPARE, bucket, nouns_at, text_of
from tests.server.sync.laptop import Laptop
from tests.server.wanted import ABSENT, YES

# PostgreSQL is asked every so manieth question, each role another one.
EVERY = {"sqlite": 1, "postgresql": 5}
EVERY_FILLED = 3


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The engine; all of its tests share one registry."""
    return str(request.param)


@pytest.fixture(scope="module")
def province(
    engine: str, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Province]:
    """One registry for all."""
    with served(engine, databases, tmp_path_factory.mktemp("matrix")) as made:
        yield made


@pytest.fixture(scope="module")
def readers(province: Province) -> dict[str, Reader]:
    """Who has signed in."""
    return {}


@pytest.fixture(params=ROLES)
def role(request: pytest.FixtureRequest, province: Province, readers: dict[str, Reader]) -> Reader:
    """Somebody with each role over one caseload and one store."""
    if request.param not in readers:
        readers[request.param] = signed_in(province, request.param)
    return readers[request.param]


def asked(province: Province, method: str, engine: str, role: str) -> list[Asking]:
    """The questions of this method; what is not there first, before an act leaves a notice on a page."""
    sight, step = province.sight(role), EVERY[engine]
    these = [one for one in askings(province) if one.method == method]
    some = these[ROLES.index(role) % step :: step]
    return sorted(some, key=lambda one: one.wants(sight) != ABSENT)


def filled(province: Province, one: Asking) -> dict[str, str]:
    """The form of this question as somebody would send it."""
    with province.app.app_context(), reading() as conn:
        head = ledger.head(conn)
    return {"_key": new_id(1), "_version": str(head), **FILLED.get(one.endpoint, {})}


def test_every_route_is_in_the_matrix(province: Province) -> None:
    rules = province.app.url_map.iter_rules()
    routes = {(m, r.endpoint) for r in rules for m in (r.methods or set()) - {"HEAD", "OPTIONS"}}
    assert routes == set(ASKINGS) | APART


def test_the_policy_puts_each_record_where_the_registry_has_it(province: Province) -> None:
    found = {}
    with province.app.app_context(), reading() as conn:
        for noun, record_id in province.known:
            table = metadata.tables[noun]
            there = sa.select(table.c.compartment, table.c.scope).where(table.c.id == record_id)
            found[noun, record_id] = tuple(conn.execute(there).one())
    assert found == province.known


def test_a_page_is_shown_to_whom_the_policy_says_and_looking_changes_nothing(
    role: Reader, engine: str
) -> None:
    before = counted(role.province.app)
    questions = asked(role.province, "GET", engine, role.name)
    assert [said for one in questions if (said := wrong(role, one))] == []
    assert counted(role.province.app) == before


def test_a_form_is_taken_from_whom_the_policy_says_filled_or_not(role: Reader, engine: str) -> None:
    questions = asked(role.province, "POST", engine, role.name)
    assert [said for one in questions if (said := wrong(role, one))] == []
    sight = role.province.sight(role.name)
    refused = [one for one in questions if one.wants(sight) != YES][::EVERY_FILLED]
    before = counted(role.province.app)
    assert [said for one in refused if (said := wrong(role, one, filled(role.province, one)))] == []
    assert counted(role.province.app) == before


def test_no_page_tells_of_what_its_reader_may_not_read(role: Reader, engine: str) -> None:
    sight, told = role.province.sight(role.name), []
    hidden = {key for key, where in role.province.known.items() if not sight.may("read", *where)}
    words = {i for _, i in hidden} | {
        text_of(noun, side)
        for side in SIDES
        for noun in nouns_at(side)
        if not sight.may("read", *bucket(noun, side))
    }
    # What holds a weapon holds the id of its case too, as the wire does, and nothing else of it.
    referred = {ident("case", OWN)} if sight.may("read", *bucket("weapon", OWN)) else set()
    for one in asked(role.province, "GET", engine, role.name):
        if one.wants(sight) == YES:
            page = read(role.page(one.path)).replace(one.path, "")
            known = referred if one.path.startswith(MACHINES) else set()
            told += [f"{one.what} tells {word}" for word in words - known if word in page]
    assert told == []


def test_a_laptop_is_told_of_what_its_officer_may_read_and_of_nothing_else(role: Reader) -> None:
    sight = role.province.sight(role.name)
    rows = role.province.laptops[role.name].sync().rows
    known = {key for key, where in role.province.known.items() if sight.may("read", *where)}
    assert known <= {(noun, row["id"]) for noun, row in rows}
    assert [r for _, r in rows if not sight.may("read", r["compartment"], r["scope"])] == []


def test_a_session_is_no_laptop_and_a_laptop_no_session(role: Reader) -> None:
    assert role.ask("POST", "/sync/1").status_code == 401
    headers = {"Authorization": f"Bearer {role.province.laptops[role.name].token}"}
    assert to_sign_in(role.province.app.test_client().get("/", headers=headers))


@pytest.mark.parametrize("name", ["donor", "administrator"])
def test_leaving_is_for_everybody(province: Province, name: str) -> None:
    leaving = signed_in(province, name)
    assert leaving.ask("POST", "/logout").location == "/login"
    assert to_sign_in(leaving.ask("GET", "/"))


def test_signed_out_every_route_answers_no(province: Province) -> None:
    stranger = Reader(province, "stranger", Visitor(province.app.test_client()))
    stranger.token = stranger.visitor.token()
    assert [said for one in askings(province) if (said := unanswered(stranger, one))] == []
    assert to_sign_in(stranger.ask("POST", "/logout"))


def test_a_disabled_account_is_signed_out_wherever_it_goes(province: Province) -> None:
    gone = signed_in(province, DISABLED)
    with province.app.app_context(), writing() as conn:
        accounts.disable(conn, SYSTEM, province.accounts[DISABLED])
    gone.token = gone.visitor.token()
    assert [said for one in askings(province) if (said := unanswered(gone, one))] == []
    laptop = province.laptops[DISABLED]
    assert laptop.ask().rows == []


@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer made-up", f"Bearer {NOBODY}", "Basic x"])
def test_a_token_that_nobody_was_given_opens_nothing(province: Province, token: str) -> None:
    body = province.laptops[ROLES[0]].body()
    headers = {"Authorization": token, "Content-Type": "application/x-ndjson"}
    answer = province.app.test_client().post("/sync/1", data=body, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (401, "not-signed-in")


@pytest.fixture(scope="module")
def stolen(province: Province) -> Laptop:
    """A laptop with work on it that has been revoked."""
    laptop = Laptop(province.app, "stolen", province.accounts[SPARE])
    laptop.save(person("never seen"))
    with province.app.app_context(), writing() as conn:
        devices.revoke(conn, SYSTEM, laptop.id, "stolen")
    return laptop


def test_a_revoked_laptop_is_told_so_and_nothing_of_it_is_kept(
    province: Province, stolen: Laptop
) -> None:
    app, before = province.app, counted(province.app)
    routes = app.url_map.iter_rules()
    theirs = [
        (method, str(r))
        for r in routes
        if access.rule_of(app, r.endpoint) == access.DEVICE
        for method in sorted((r.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    assert {("POST", "/sync/1"), ("PATCH", "/sync/1/blobs/<sha256>")} < set(theirs)
    headers = {"Authorization": f"Bearer {stolen.token}", "Content-Type": "application/x-ndjson"}
    for method, route in theirs:
        path = route.replace("<bucket>", f"case:{A}").replace("<int:seq>", "1")
        body = stolen.body(*stolen.unsent)
        answer = app.test_client().open(path, method=method, data=body, headers=headers)
        assert (answer.status_code, answer.json["code"]) == (401, "revoked"), path
    assert counted(app) == before


def test_the_token_of_a_revoked_laptop_opens_no_page(province: Province, stolen: Laptop) -> None:
    thief = Reader(province, "thief", Visitor(province.app.test_client()))
    thief.visitor.client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {stolen.token}"
    thief.token = thief.visitor.token()
    one_each = {(one.method, one.endpoint): one for one in askings(province)}
    assert [said for one in one_each.values() if (said := unanswered(thief, one))] == []
