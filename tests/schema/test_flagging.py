"""Flags come and go with what the rules find on their own record."""

from schema.flagging import flags
from schema.judge import Judged
from schema.record import NOW, Record, Working
from tests.schema.programme import A, Programme, ident


def open_flag(entity: str, record_id: str) -> Record:
    said = {"entity": entity, "record_id": record_id, "rule": "complete", "state": "open"}
    return Record("flag", ident("flag"), said, A, "case", first=1, ver=1)


def test_a_flag_whose_rule_holds_again_is_closed():
    programme, one = Programme(), Record("service", ident("x"), {}, A, "case", first=1, ver=NOW)
    programme.rows["flag", ident("flag")] = open_flag("service", one.id)
    [closed] = flags(Judged("applied", (one,)), Working(programme))
    assert closed.get("state") == "closed"


def test_an_id_used_again_by_another_noun_closes_no_flag():
    programme, one = Programme(), Record("service", ident("x"), {}, A, "case", first=1, ver=NOW)
    programme.rows["flag", ident("flag")] = open_flag("person", one.id)
    assert flags(Judged("applied", (one,)), Working(programme)) == []
