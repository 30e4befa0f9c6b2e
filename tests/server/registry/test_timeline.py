"""What happened to records, and what of it each reader is told."""

from server.registry.timeline import timeline
from tests.schema.conference import agreed
from tests.schema.programme import case, create, ident, person, write
from tests.server.town import Town, sight


def test_each_change_says_who_and_from_what_to_what(town: Town) -> None:
    town.arrive("awa", person("Ali"))
    town.arrive("celine", write("person", "Ali", {"name": "Ali"}, name="Karim"))
    record = town.record("person", ident("Ali"))
    with town.reading() as conn:
        (later, first), older = timeline(conn, sight("awa"), [record])
    assert (later.by, later.changed, older) == ("celine", ["name"], False)
    assert [(values or {})["name"] for values in (later.before, later.after)] == ["Ali", "Karim"]
    assert first.before is None
    assert later.came_at.endswith("Z")


def test_a_long_past_is_cut_and_says_so(town: Town) -> None:
    town.arrive("awa", person("Ali"))
    for number in range(4):
        town.arrive("awa", write("person", "Ali", {}, phone=str(number)))
    with town.reading() as conn:
        found, older = timeline(conn, sight("awa"), [town.record("person", ident("Ali"))], 3)
    assert (len(found), older) == (3, True)
    assert (found[0].after or {})["phone"] == "3"


def test_what_happened_as_a_child_is_not_told_to_adult_roles(town: Town) -> None:
    town.arrive("awa", person("Sami", may_be_under_18=True), case("Sami"))
    agreed(town, "Sami")
    decided = write(
        "person",
        "Sami",
        {},
        age_decision="adult",
        age_decision_reason="Heard",
        may_be_under_18=False,
    )
    town.arrive("esther", write("person", "Sami", {}, alias="Secret"))
    town.arrive("esther", decided)
    record = town.record("person", ident("Sami"))
    assert record.compartment == "case"
    with town.reading() as conn:
        [told], _ = timeline(conn, sight("celine"), [record])
    assert told.before is None
    assert "Secret" not in str(told.changed)


def test_a_gate_is_told_as_part_of_its_case(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    event = {"case_id": ident("case of Ali"), "gate": "listed", "date": "2026-11-01"}
    town.arrive("awa", create("gate_event", "g", **event))
    with town.reading() as conn:
        found, _ = timeline(conn, sight("awa"), [town.record("case", ident("case of Ali"))])
    assert found[0].changed == ["gate"]
