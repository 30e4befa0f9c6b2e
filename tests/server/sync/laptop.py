"""A laptop on paper: it keeps a log and what it was told, and speaks the wire by hand."""

import gzip
import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from werkzeug.test import TestResponse

from schema.change import Change, Unit
from schema.frames import END, HELLO, OPS, PAGE, RESULTS, STATE, frame, from_columnar, hello_text
from schema.ids import line_hash
from server import accounts, devices
from server.accounts import Place
from server.actor import SYSTEM
from server.db import writing
from tests.schema.programme import STORE_A, STORE_B, A, B, ident

NDJSON = "application/x-ndjson"
ROLES = {
    "awa": (("field-officer", A), ("field-officer", STORE_A)),
    "bakary": (("field-officer", B), ("field-officer", STORE_B)),
    "celine": (("programme-manager", A), ("programme-manager", B)),
    "esther": (("child-protection", A),),
    "faraj": (("storekeeper", STORE_A),),
    "gita": (("clinician", A),),
    "idriss": (("case-worker", A),),
    "grace": (("administrator", A),),
    "supervisor": (("site-supervisor", A),),
}


@dataclass
class Answer:
    """What came back, frame by frame. fetched: (noun, id, ver) of each row."""

    state: dict[str, Any] = field(default_factory=dict)
    results: dict[str, list[Any]] = field(default_factory=dict)
    seen: int = 0
    pages: list[dict[str, Any]] = field(default_factory=list)
    end: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, body: bytes) -> "Answer":
        """The frames of a body, in their order."""
        found = cls()
        lines = [json.loads(line) for line in body.splitlines()]
        assert [lines[0][0], lines[-1][0]] == [STATE, END]
        for name, said in lines:
            if name == STATE:
                found.state = said
            elif name == RESULTS:
                found.results.update({result[0]: result for result in said["results"]})
                found.seen = said["seen"]
            elif name == PAGE:
                found.pages.append(said)
            else:
                found.end = said
        return found

    @property
    def rows(self) -> list[tuple[str, dict[str, Any]]]:
        """(noun, row) of all pages."""
        return [
            (table["entity"], row)
            for page in self.pages
            for table in page["tables"]
            for row in from_columnar(table["columns"], table["rows"])
        ]

    @property
    def removed(self) -> set[str]:
        """Ids that left."""
        return {i for page in self.pages for table in page["tables"] for i in table["removed"]}


class Laptop:
    """One enrolled device."""

    def __init__(self, app: Flask, name: str, account_id: str) -> None:
        self.app, self.name, self.account_id = app, name, account_id
        self.key = Ed25519PrivateKey.generate()
        public = self.key.public_key().public_bytes_raw().hex()
        with app.app_context(), writing() as conn:
            code = devices.make_code(conn, SYSTEM, account_id)
            made = devices.enrol(conn, code, f"laptop of {name}", public)
        self.id, self.token, self.recipient = made.device_id, made.token, made.recipient
        self.incarnation, self.saved, self.acked = 1, 0, 0
        self.log: list[list[Any]] = []
        self.base = self.epoch = self.seen = 0
        self.cursors: dict[str, int] = {}
        self.rows: dict[tuple[str, str], dict[str, Any]] = {}
        self.outcomes: dict[str, list[Any]] = {}

    # -- saving

    def save(self, *changes: Change, base: int | None = None) -> Unit:
        """Add a Unit to the log."""
        self.saved += 1
        base = self.base if base is None else base
        unit_id = ident(self.name, self.id, self.saved)
        unit = Unit(unit_id, base, "2026-11-20T09:00:00+01:00", changes)
        self.add(unit.as_text())
        return unit

    def add(self, text: str) -> list[Any]:
        """Add a line with this text to the log."""
        mine = [line for line in self.log if line[4] == self.incarnation]
        n, prev = (mine[-1][0] + 1, mine[-1][2]) if mine else (1, "")
        line = [n, prev, line_hash(prev, text), text, self.incarnation]
        self.log.append(line)
        return line

    def fork(self) -> None:
        """Move the whole log to a new incarnation, as after a fork."""
        old, self.log = self.log, []
        self.incarnation, self.acked = self.incarnation + 1, 0
        for line in old:
            self.add(line[3])

    @property
    def unsent(self) -> list[list[Any]]:
        """What is not acknowledged."""
        return [line for line in self.log if line[0] > self.acked]

    # -- sending

    def hello(self, **said: Any) -> dict[str, Any]:
        """A signed HELLO; ``said`` replaces what it would say."""
        numbers = [line[0] for line in self.log]
        body = {
            "protocol": 1,
            "device": self.id,
            "incarnation": self.incarnation,
            "first": {str(self.incarnation): min(numbers, default=1)},
            "announced": max(numbers, default=0),
            "epoch": self.epoch,
            "cursors": self.cursors,
            "results_seen": self.seen,
            "app": "paper 1",
            "at": "2026-11-20T09:00:00Z",
            "budget": 0,
            **said,
        }
        return {**body, "signature": self.key.sign(hello_text(body)).hex()}

    def body(self, *lines: list[Any], **said: Any) -> bytes:
        """A whole body with these lines."""
        ops = b"".join(frame(OPS, line) for line in lines)
        return frame(HELLO, self.hello(**said)) + ops + frame(END, {})

    def post(self, body: bytes, **headers: str) -> TestResponse:
        """Send bytes as they are."""
        kept = {"Authorization": f"Bearer {self.token}", "Content-Type": NDJSON, **headers}
        return self.app.test_client().post("/sync/1", data=body, headers=kept)

    def ask(self, *lines: list[Any], **said: Any) -> Answer:
        """Send lines and read the answer, keeping nothing of it."""
        response = self.post(
            gzip.compress(self.body(*lines, **said)), **{"Content-Encoding": "gzip"}
        )
        assert response.status_code == 200, response.text
        return Answer.read(response.data)

    def sync(self, **said: Any) -> Answer:
        """A whole sync: everything sent, everything taken in."""
        answer = self.ask(*self.unsent, **said)
        self.take(answer)
        while answer.end["more"]:
            answer = self.ask()
            self.take(answer)
        return answer

    def take(self, answer: Answer) -> None:
        """Keep what an answer says."""
        self.acked = answer.state["last"].get(str(self.incarnation), [0])[0]
        self.epoch, self.seen = answer.state["epoch"], answer.seen
        self.outcomes.update(answer.results)
        for noun, row in answer.rows:
            self.rows[noun, row["id"]] = row
        self._remove(answer)
        self.cursors.update({page["bucket"]: page["to"] for page in answer.pages})
        if not answer.end["more"]:
            opened = {n for n, verbs in answer.state["buckets"].items() if "read" in verbs}
            self.cursors = dict.fromkeys(opened, answer.state["head"])
            self.base = answer.state["head"]
            kept = self.rows.items()
            self.rows = {k: r for k, r in kept if f"{r['compartment']}:{r['scope']}" in opened}

    def _remove(self, answer: Answer) -> None:
        for page in answer.pages:
            for table in page["tables"]:
                for record_id in table["removed"]:
                    row = self.rows.get((table["entity"], record_id))
                    if row and f"{row['compartment']}:{row['scope']}" == page["bucket"]:
                        del self.rows[table["entity"], record_id]

    # -- looking

    def outcome(self, unit: Unit) -> str:
        """What this laptop was told of a Unit."""
        return str(self.outcomes[unit.id][1])

    def reason(self, unit: Unit) -> str:
        """Why it is held."""
        return str(self.outcomes[unit.id][3])

    def has(self, noun: str, name: str) -> bool:
        """Whether a record is here."""
        return (noun, ident(name)) in self.rows


class Fleet:
    """The cast's accounts and laptops on one registry."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.accounts: dict[str, str] = {}
        self.grants: dict[str, list[str]] = {}

    def account(self, name: str) -> str:
        """Somebody's account, made at its first use."""
        if name not in self.accounts:
            with self.app.app_context(), writing() as conn:
                made = accounts.add_account(conn, SYSTEM, f"{name}@example.org", name)
            self.accounts[name] = made
            for role, scope in ROLES[name]:
                self.grant(name, role, scope)
        return self.accounts[name]

    def grant(self, name: str, role: str, scope: str) -> str:
        """Give a role over a scope."""
        with self.app.app_context(), writing() as conn:
            place = Place("scope", scope)
            given = accounts.grant(conn, SYSTEM, self.accounts[name], role, place)
        self.grants.setdefault(name, []).append(given)
        return given

    def end_grants(self, name: str) -> None:
        """End everything somebody holds."""
        for given in self.grants[name]:
            with self.app.app_context(), writing() as conn:
                accounts.end_grant(conn, SYSTEM, given)

    def laptop(self, name: str) -> Laptop:
        """A laptop of somebody that has synced once."""
        made = Laptop(self.app, name, self.account(name))
        made.sync()
        return made
