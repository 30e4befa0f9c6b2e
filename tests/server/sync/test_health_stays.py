"""What a clinician found goes to no other laptop: not one byte of it is in any answer (domain rule G6)."""

import pytest

from schema.encodings import unpacked
from tests.schema.programme import case, create, ident, person
from tests.server.sync.fetching import get

CANARY = "Qwzykanari of the clinic"
WITHIN = {"case_id": ident("case of Abel"), "date": "2026-11-19"}
ANSWERS = dict.fromkeys(
    ("seeing", "hearing", "walking", "remembering", "self_care", "communicating"), "3"
)


def screened():
    """An outcome, a finding and the six answers, each with a word that nobody else would write."""
    yield create("medical_screening", "seen", **WITHIN, outcome="urgent", arrange="A ramp")
    yield create("clinical", "found", **WITHIN, icd11="NA07.0", note=CANARY)
    yield create("functioning", "asked", **WITHIN, **ANSWERS, accommodation=CANARY)


@pytest.fixture
def gita(fleet, awa):
    """The clinician's laptop, after it has sent what she found about Abel."""
    awa.save(person("Abel"), case("Abel"))
    awa.sync()
    laptop = fleet.laptop("gita")
    unit = laptop.save(*screened())
    laptop.sync()
    assert laptop.outcome(unit) == "applied"
    return laptop


def answer_of(laptop) -> bytes:
    """All that a first sync of this laptop brings, as it comes over the wire."""
    response = laptop.post(laptop.body(cursors={}))
    assert response.status_code == 200
    encoding = response.headers.get("Content-Encoding", "identity")
    return b"".join(unpacked(iter([response.data]), encoding))


@pytest.mark.parametrize("who", ["awa", "idriss", "celine", "esther", "supervisor"])
def test_no_byte_of_a_finding_is_in_anybody_elses_answer(fleet, gita, who):
    body = answer_of(fleet.laptop(who))
    for word in (CANARY, "clinical", "functioning", "health", ident("found"), ident("asked")):
        assert word.encode() not in body, word


def test_a_case_worker_is_told_the_outcome_and_what_to_arrange(fleet, gita):
    idriss = fleet.laptop("idriss")
    idriss.sync()
    row = idriss.rows["medical_screening", ident("seen")]
    assert (row["outcome"], row["arrange"]) == ("urgent", "A ramp")
    assert not [key for key in idriss.rows if key[0] in ("clinical", "functioning")]


def test_another_clinicians_laptop_has_it_all(fleet, gita):
    body = answer_of(fleet.laptop("gita"))
    assert body.count(CANARY.encode()) == 2


def test_a_case_worker_who_sends_a_finding_is_held_and_gets_none_back(fleet, gita):
    idriss = fleet.laptop("idriss")
    unit = idriss.save(create("clinical", "guess", **WITHIN, note="Looks ill"))
    idriss.sync()
    assert (idriss.outcome(unit), idriss.reason(unit)) == ("held", "not-allowed")
    assert not idriss.has("clinical", "guess")


def test_no_file_of_the_bucket_is_served_to_anybody_else(fleet, gita):
    idriss = fleet.laptop("idriss")
    scope = gita.rows["clinical", ident("found")]["scope"]
    offer = {"bucket": f"health:{scope}", "seq": gita.base, "encoding": "gzip"}
    assert get(idriss, offer).status_code == 404
