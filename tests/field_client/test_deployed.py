"""A deployment's own fields on a laptop: they come with the reference data, and what is answered goes back."""

import json

import pytest

from field_client import home, sync
from field_client.store import acts, reading, saving
from field_client.store.declared import deployment
from field_client.typed import added, changed
from schema.entities import BY_NOUN
from schema.problems import Invalid, Refused, UnknownField
from tests.field_client.acting import ADULT
from tests.field_client.agreeing import agrees
from tests.field_client.registry import Registry
from tests.schema.declaring import adds, declares
from tests.schema.programme import A

PERSON = BY_NOUN["person"]


@pytest.fixture
def awa(registry: Registry) -> home.Unlocked:
    """Awa's laptop, synced after the programme declared what it asks."""
    registry.write(
        adds("transport", "boat"),
        adds("service_type", "BEE"),
        declares("person", "shoe", "whole", label_fr="Pointure"),
        declares("person", "came", "choice", code_list="transport"),
    )
    return registry.laptop("awa")


def test_declarations_come_with_the_reference_data(awa: home.Unlocked) -> None:
    with awa.opened() as db:
        known = deployment(db, "fr")
    assert known.asked_of(PERSON) == ("custom.came", "custom.shoe")
    assert known.of(PERSON).describe()["custom.shoe"].about.label == "Pointure"


def test_what_is_answered_here_is_in_force_there(registry: Registry, awa: home.Unlocked) -> None:
    said = {**ADULT, "caseload_id": A, "custom.shoe": "42", "custom.came": "boat"}
    with awa.opened() as db:
        act = added(db, "person", said)
        saving.save(db, [act])
        more = changed(db, "person", act.record, {"custom.shoe": "43"})
        assert more
        saved = saving.save(db, [more])
        assert saved.notes == ()
    sync.run(awa)
    row = registry.row("person", act.record)
    assert row
    assert row["custom"] == {"shoe": 43, "came": "boat"}
    assert agrees(awa, registry)


def test_what_is_no_such_value_or_field_is_refused_here(awa: home.Unlocked) -> None:
    with awa.opened() as db:
        for name in ("custom.hat", "customs"):
            with pytest.raises(UnknownField):
                added(db, "person", {**ADULT, name: "L"})
        with pytest.raises(Invalid):
            added(db, "person", {**ADULT, "custom.shoe": "large"})
        bare = {**ADULT, "caseload_id": A, "custom": json.loads('{"shoe": "large"}')}
        with pytest.raises(Refused):
            saving.save(db, [acts.create("person", bare)])
        assert reading.listed(db, "person") == []


def test_what_a_laptop_did_not_know_comes_and_stays(registry: Registry, awa: home.Unlocked) -> None:
    registry.write(declares("person", "hat"), adds("transport", "cart"))
    with awa.opened() as db:
        act = added(db, "person", {**ADULT, "caseload_id": A, "custom.shoe": "42"})
        saving.save(db, [act])
        # It knows neither the field nor the code; somebody wrote both elsewhere.
        later = acts.change(db, "person", act.record, {"custom": {"shoe": 42, "hat": "L"}})
        assert later
        saving.save(db, [later])
    sync.run(awa)
    row = registry.row("person", act.record)
    assert row
    assert row["custom"] == {"shoe": 42, "hat": "L"}
    with awa.opened() as db:
        assert "custom.hat" in deployment(db).asked_of(PERSON)
        assert reading.listed(db, "flag") == []
    assert agrees(awa, registry)
