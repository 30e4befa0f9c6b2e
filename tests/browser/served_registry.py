"""A registry with a small caseload, served to a browser: one of everything that a manager decides on."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Thread

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from werkzeug.serving import make_server

from schema.change import DISPUTED, HELD
from schema.frames import END, HELLO, WITNESS, frame
from server import Config, create_app, epochs
from server.actor import SYSTEM
from server.db import db, reading, writing
from server.exports import gates, taking
from server.seeding.sowing import sow
from server.tables import table_of
from tests.browser.conftest import Looker
from tests.databases import Databases
from tests.schema.programme import A, B, case, create, ident, person, service, weapon, write
from tests.server.conftest import TEMPLATES, TEST_PASSWORD_MEMORY
from tests.server.desk import PASSWORD, Desk, address
from tests.server.sync.laptop import Fleet, Laptop
from tests.server.town import Town

LONG = "Mariatou-Cristina Fernández de la Concepción y Oumarou Abdoulaye"
ARABIC = "عبد الرحمن إدريس موسى"
# More than a page of cases.
PEOPLE = 60
WHO = ("Bakary", "Celine", "Esther", "Grace")


@dataclass
class Registry:
    """A served registry: its town, its address, and the ids that pages are about."""

    town: Town
    address: str
    person: str
    case: str
    child: str
    weapon: str
    disputes: list[str]
    held: list[str]
    taken: str

    def sign_in(self, looker: Looker, window: BrowserContext, who: str) -> Page:
        """A page behind the door, opened by keyboard."""
        page = looker.open(window, "/login")
        page.locator("#f-email").fill(address(who))
        page.locator("#f-password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page).not_to_have_url(re.compile("/login"))
        return page


@contextmanager
def served(databases: Databases, folder: Path) -> Iterator[Registry]:
    """One registry on SQLite, with what it holds, at an address of this machine."""
    with databases.fresh("sqlite", migrated=True, folder=folder) as url:
        app = create_app(
            Config(
                data=folder,
                database_url=url,
                secret_key="a secret for tests, thirty-two characters",
                password_memory=TEST_PASSWORD_MEMORY,
            )
        )
        app.jinja_env.bytecode_cache = TEMPLATES
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield _peopled(app, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()
        with app.app_context():
            db.engine.dispose()


def _peopled(app: Flask, here: str) -> Registry:
    """The caseload, and those who look at it."""
    with app.app_context():
        sow(PEOPLE, 1)
    town = Town(app)
    _a_file(town)
    _disagree(town)
    awa = Fleet(app).laptop("awa")
    held = _hold(awa)
    _move(town, awa)
    for who in WHO:
        Desk(app).add(who)
    taken = _take(app)
    _put_back(app, awa)
    return Registry(
        town,
        here,
        person=ident(LONG),
        case=ident(f"case of {LONG}"),
        child=ident("Sami"),
        weapon=ident("rifle"),
        disputes=_open_disputes(app),
        held=held,
        taken=f"/exports/taken/{taken}",
    )


def _a_file(town: Town) -> None:
    """Somebody with long names and all that can hang on a case; and a child."""
    said = {"alias": ARABIC, "mother_name": "Halimé", "sex": "female", "phone": "0123 456"}
    area = create("area", "area", pcode="ZZ01", name="Wādī al-Nahr al-Kabīr", level=1)
    town.arrive("celine", area)
    passage = case(LONG, category="combatant", area_id=ident("area"), opened_on="2026-11-02")
    of = {"case_id": passage.record}
    member = {**of, "relation": "child", "sex": "female", "birth_date": "2019-01-01"}
    town.arrive(
        "awa",
        person(LONG, **said),
        passage,
        create("gate_event", "gate", **of, gate="presented", date="2026-11-02"),
        create("household_member", "child", **member, birth_date_precision="year"),
        service("course", LONG),
        create("follow_up", "visit", **of, due_date="2026-11-20"),
        weapon("rifle", **of, serial="56-1 22417", tag="A-0001", condition="serviceable"),
    )
    received = {"event": "received", "date": "2026-11-02", "received_by": ARABIC}
    town.arrive("faraj", create("custody_event", "hand", weapon_id=ident("rifle"), **received))
    town.arrive("awa", person("Sami", birth_date="2010-01-01"), case("Sami", process="child"))


def _disagree(town: Town) -> None:
    """Two people write the same three fields of one file."""
    base, old = town.head(), {"mother_name": "Halimé", "phone": "0123 456", "sex": "female"}
    for who, name, phone, sex in (
        ("celine", "Halima", "0123 457", "other"),
        ("awa", "Halimatou", "0124 456", "undisclosed"),
    ):
        said = {"mother_name": name, "phone": phone, "sex": sex}
        judged = town.arrive(who, write("person", LONG, old, **said), base=base)
    assert judged.outcome == DISPUTED


def _hold(awa: Laptop) -> list[str]:
    """Twice, what refers to a case that nobody has."""
    lost = [awa.save(person(f"Omar {n}"), service(f"course {n}", f"nobody {n}")) for n in (1, 2)]
    awa.sync()
    assert [awa.outcome(unit) for unit in lost] == [HELD, HELD]
    return [unit.id for unit in lost]


def _move(town: Town, awa: Laptop) -> None:
    """A case goes to another caseload while a laptop of the former one still has a new name for it."""
    awa.save(person(f"Moussa {LONG}"), case(f"Moussa {LONG}"))
    awa.sync()
    awa.sync()
    moved = f"case of Moussa {LONG}"
    town.arrive("celine", write("case", moved, {"caseload_id": A}, caseload_id=B))
    old = {"name": f"Moussa {LONG}"}
    awa.save(write("person", f"Moussa {LONG}", old, name=ARABIC, sex="male"))
    awa.sync()


def _put_back(app: Flask, awa: Laptop) -> None:
    """The registry was put back by other means; a laptop still shows somebody whom it lost."""
    Fleet(app).laptop("supervisor")
    with app.app_context(), writing() as conn:
        epochs.open_further(conn, SYSTEM, epochs.BY_HAND, reached=None)
    row = {"id": ident("Binta"), "ver": awa.base + 10_000, "scope": A, "compartment": "case"}
    shown = frame(WITNESS, ["person", {**row, "name": "Binta"}])
    assert awa.post(frame(HELLO, awa.hello()) + shown + frame(END, {})).status_code == 200


def _take(app: Flask) -> str:
    """Somebody takes a report."""
    with app.app_context(), BytesIO() as file:
        return taking.take(gates.REPORT, SYSTEM, "", file).id


def _open_disputes(app: Flask) -> list[str]:
    table = table_of("dispute")
    query = sa.select(table.c.id).where(table.c.state == "open").order_by(table.c.first)
    with app.app_context(), reading() as conn:
        return list(conn.execute(query).scalars())
