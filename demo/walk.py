"""The main job step by step: from a village without a network to the donor's table."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demo.commands import Failed
from demo.laptop import Laptop
from demo.programme import Registry
from demo.screen import show, step, tell

NAME = "Moussa Karambé"


@dataclass
class Stage:
    """Where the walk plays: the registry, two laptops of one caseload, and the person registered."""

    registry: Registry
    awa: Laptop
    idriss: Laptop
    person: str = ""
    case: str = ""

    def run(self) -> None:
        """All steps, in order. Raises Failed at the first that goes wrong."""
        for each in (
            self.register_without_network,
            self.sync_in_vain,
            self.hand_in,
            self.fetch_on_the_other_laptop,
            self.change_different_fields,
            self.change_the_same_field,
            self.settle,
            self.carry_a_stick,
            self.back_up,
            self.review,
            self.report,
            self.verify,
        ):
            each()

    def register_without_network(self) -> None:
        """A person, case, weapon and first service in one Unit on a laptop without a network."""
        step("The link is gone. Awa registers a man who hands in a rifle, on her laptop.")
        self.registry.stop()
        person = {"entity": "person", "name": NAME, "sex": "male", "birth_date": "1991-04-12"}
        case = {"entity": "case", "person_id": "$1", "process": "adult", "category": "combatant"}
        weapon = {
            "entity": "weapon",
            "case_id": "$2",
            "class": "small-arm",
            "type": "assault-rifle",
        }
        service = {"entity": "service", "case_id": "$2", "type": "TVT", "start_date": "2026-11-20"}
        gate = {"entity": "gate_event", "case_id": "$2", "gate": "registered", "date": "2026-11-20"}
        serial = {"serial": "KX 40417", "serial_state": "legible", "condition": "serviceable"}
        exact = {"birth_date_precision": "day"}
        self.person, self.case, *_ = self.awa.register(
            [person | exact, case, weapon | serial, service, gate]
        )
        [row] = self.awa.ask("get", "person", self.person)
        tell(
            f"{row['name']}, printed number {row['number']}: saved in the laptop's encrypted file."
        )
        tell("Person, case, weapon, gate and service are one Unit: they stand or fall together.")

    def sync_in_vain(self) -> None:
        """A sync without a registry loses nothing."""
        step("Awa tries to sync. Nobody answers.")
        self.awa.ask("sync", exits=3)
        [status] = self.awa.ask("status")
        _expect(status["only_here"], 1, "units only on the laptop")
        tell("The command ends with exit 3, and status says: 1 Unit is only here. Nothing is lost.")

    def hand_in(self) -> None:
        """The link returns."""
        step("The link returns. Awa syncs.")
        self.registry.serve()
        done = self.awa.sync()
        _expect((done["sent"], done["held"]), (1, 0), "sent and held")
        again = self.awa.sync()
        _expect((again["sent"], again["fetched"]), (0, 0), "moved by a second sync")
        tell(
            f"1 Unit sent in {done['seconds']} s, {done['bytes_up']} bytes up. It is at the registry."
        )
        tell("A second sync moves nothing.")

    def fetch_on_the_other_laptop(self) -> None:
        """The other laptop of the caseload receives the case."""
        step("Idriss, who works in the same caseload, syncs his laptop.")
        done = self.idriss.sync()
        [row] = self.idriss.ask("get", "person", self.person)
        tell(f"{done['fetched']} records fetched, among them {row['name']}.")

    def change_different_fields(self) -> None:
        """Different fields of one person, from both laptops: both count."""
        step("Both change the same person while they are apart: different fields.")
        self.awa.ask("set", "person", self.person, "phone=+000 555 0101")
        self.idriss.ask("set", "person", self.person, "marital_status=married")
        tell("Awa enters a phone number, Idriss that the man is married.")
        disputed = sum(self._sync_all())
        _expect(disputed, 0, "disputes")
        for laptop in (self.awa, self.idriss):
            [row] = laptop.ask("get", "person", self.person)
            found = (row["phone"], row["marital_status"])
            _expect(found, ("+000 555 0101", "married"), f"values on {laptop.who}'s laptop")
        tell("After both have synced, both values stand on both laptops and at the registry.")

    def change_the_same_field(self) -> None:
        """The same field, two values: one stays in force, the other is a dispute."""
        step("Both change the same field.")
        self.awa.ask("set", "person", self.person, "phone=+000 555 0102")
        self.idriss.ask("set", "person", self.person, "phone=+000 555 0203")
        self._sync_all()
        [dispute] = self._disputes(self.awa)
        tell("Awa's number arrived first and stays in force. Idriss's is kept as an open dispute:")
        show(
            [
                ("field", "in force", "said by", "other value", "said by", "at"),
                (
                    dispute["field"],
                    *dispute["inforce"].values(),
                    dispute["inforce_by"],
                    *dispute["side"].values(),
                    dispute["side_by"],
                    dispute["side_at"],
                ),
            ]
        )

    def settle(self) -> None:
        """One command settles it."""
        step("Awa calls the man, and settles the dispute with one command.")
        [dispute] = self._disputes(self.awa)
        self.awa.ask("settle", dispute["id"], "take", "--reason", "He confirmed the new number.")
        self._sync_all()
        for laptop in (self.awa, self.idriss):
            [row] = laptop.ask("get", "person", self.person)
            _expect(row["phone"], "+000 555 0203", f"phone on {laptop.who}'s laptop")
            _expect(self._disputes(laptop), [], f"disputes on {laptop.who}'s laptop")
        tell(
            "The other number is in force on both laptops; the dispute is closed, with the reason."
        )

    def carry_a_stick(self) -> None:
        """Without any network a stick brings a change to the registry, and the word of it back."""
        step("The link is gone again. Idriss hands in by stick.")
        stick = self.registry.program.folder / "stick.ddr"
        reply = stick.with_suffix(".reply")
        self.registry.stop()
        self.idriss.ask("set", "person", self.person, "alias=Karim")
        [written] = self.idriss.ask("bundle", "write", str(stick))
        [taken] = self.registry.ask("bundle", "accept", str(stick), "--reply", str(reply))
        _expect((written["units"], taken["fresh"]), (1, 1), "units on the stick, and new there")
        _expect(self._where(self.idriss), "stick", "where it is, by the laptop")
        [read] = self.idriss.ask("bundle", "read", str(reply))
        _expect((read["confirmed"], self._where(self.idriss)), (1, "registry"), "confirmed")
        self.registry.serve()
        tell(f"{written['units']} Unit on the stick, {written['bytes']} bytes, sealed and signed.")
        tell("The registry's answer goes back on the stick; the laptop says: at the registry.")

    def back_up(self) -> None:
        """What a checked backup holds, laptops say so of."""
        step("Night falls. The registry is backed up, and the copy is checked.")
        self.registry.ask("backup", str(self.registry.program.folder / "night.backup"))
        self._sync_all()
        for laptop in (self.awa, self.idriss):
            _expect(self._where(laptop), "backup", f"where it is, by {laptop.who}'s laptop")
        tell("With their next sync both laptops say of the man: in a backup.")

    def review(self) -> None:
        """The manager sees the case, a stranger nothing."""
        step(
            "Celine, the programme manager, reviews. Bakary, officer of another caseload, looks too."
        )
        [case] = self.registry.ask("list", "case", f"person_id={self.person}", who="celine")
        _expect(case["id"], self.case, "case that the manager sees")
        tell(f"Celine sees the case at gate '{case['gate']}', with its weapon and service:")
        for noun in ("weapon", "service"):
            [row] = self.registry.ask("list", noun, f"case_id={self.case}", who="celine")
            show([(noun, row["type"], row["id"])])
        self.registry.ask("get", "person", self.person, who="bakary", exits=1)
        _expect(self.registry.ask("list", "case", f"id={self.case}", who="bakary"), [], "list")
        tell("To Bakary the person does not exist: the same answer as for a number nobody has.")

    def report(self) -> None:
        """The donor's table names nobody."""
        step("Dario, the donor, takes his table.")
        path = self.registry.program.folder / "gates.csv"
        self.registry.ask("export", "gates", "--out", str(path), who="dario")
        rows = _read(path)
        show([rows[0], *(row for row in rows if (row[0], row[4]) == ("registered", "all"))][:10])
        text = path.read_text(encoding="utf-8-sig")
        for told in (NAME, "KX 40417", self.person, "555"):
            _expect(told in text, False, f"that the table holds {told!r}")
        tell(f"{len(rows)} lines in {path.name}: no name, no number; counts of 1 to 4 are hidden.")

    def verify(self) -> None:
        """The registry agrees with itself."""
        step("The registry checks itself: chain, numbers, rows, entries, names.")
        [said] = self.registry.ask("verify")
        counted = said["counted"]
        tell(f"It agrees: {counted['numbers']} changes in {counted['commits']} commits.")

    def _sync_all(self) -> tuple[int, int]:
        """Both hand in, then Awa fetches what Idriss brought; how many were disputed."""
        first, second = self.awa.sync(), self.idriss.sync()
        self.awa.sync()
        return first["disputed"], second["disputed"]

    def _where(self, laptop: Laptop) -> str:
        """Where the laptop says that what was saved of the man is."""
        return str(laptop.ask("get", "person", self.person)[0]["where"]["state"])

    def _disputes(self, laptop: Laptop) -> list[dict[str, Any]]:
        return [row for row in laptop.ask("disputes") if row["record"] == self.person]


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def _expect(found: object, wanted: object, what: str) -> None:
    if found != wanted:
        raise Failed(f"{what}: {found!r}, and not {wanted!r}")
