"""Nothing leaves unnoticed: who took what, as of when, and the hash of the file."""

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa

from schema.problems import NotFound
from server.actor import Actor
from server.db import reading, writing
from server.exports import log, taking
from server.tables import history
from server.verify import verify
from server.whole_files import whole_file
from tests.schema.programme import ident
from tests.server.exports.passage import CELINE, DARIO, Passage

STRANGER = Actor(ident("Stranger"), "Stranger", DARIO.sight)


def take(name: str, who: Actor) -> tuple[taking.Taken, bytes]:
    out = BytesIO()
    return taking.take(taking.named(name, who.sight), who, "", out), out.getvalue()


def test_a_manifest_says_as_of_when_by_whom_and_with_which_hash(passage: Passage) -> None:
    passage.pass_gate(4)
    head = passage.programme.n
    taken, data = take("gates", DARIO)
    told = taken.manifest
    assert told["sha256"] == hashlib.sha256(data).hexdigest()
    assert (told["as_of"], told["by"], told["scopes"]) == (head, "Dario", "programme")
    assert told["hidden"] == data.count(b'"hidden"') > 0
    assert "child process" in told["coverage"]
    assert told["columns"]["Persons"] == "#reached+num"


def test_every_taking_is_in_the_log_and_in_the_chained_history(passage: Passage) -> None:
    taken, _ = take("gates", DARIO)
    with reading() as conn:
        assert [row["id"] for row in log.latest(conn, DARIO)] == [taken.id]
        kept = conn.execute(sa.select(history).where(history.c.record_id == taken.id)).one()
        assert (kept.entity, kept.by) == ("export", "Dario")
        assert verify(conn).faults == 0


def test_one_sees_ones_own_takings_and_an_auditor_sees_all(passage: Passage) -> None:
    taken, _ = take("gates", DARIO)
    with reading() as conn:
        assert log.latest(conn, STRANGER) == []
        with pytest.raises(NotFound):
            log.one(conn, STRANGER, taken.id)
        assert log.one(conn, CELINE, taken.id)["sha256"] == taken.manifest["sha256"]


def test_a_report_that_cannot_be_logged_is_not_taken(passage: Passage, tmp_path: Path) -> None:
    with writing() as conn:
        log.export_log.drop(conn)
    with pytest.raises(sa.exc.DBAPIError), whole_file(tmp_path / "gates.csv") as out:
        taking.take(taking.named("gates", DARIO.sight), DARIO, "", out)
    assert list(tmp_path.glob("*gates*")) == []


def test_the_manifest_of_a_list_says_over_whose_cases_it_ranges(passage: Passage) -> None:
    taken, _ = take("case-list", CELINE)
    assert taken.manifest["scopes"] == "*"
    assert taken.file_name.startswith("case-list-20")
