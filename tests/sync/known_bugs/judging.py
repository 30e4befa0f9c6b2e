"""Known bugs of judging: merge, disputes, stamps, what is judged again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from unittest import mock

from schema import disputes, merge, stamps, trial
from schema.change import Change
from schema.record import Working
from server.arrivals import again
from tests.sync.known_bugs.flaw import Patches, flaw


@flaw
def process_asks() -> Patches:
    """R3: that somebody is a child waits for a person's decision like any other value."""
    yield mock.patch.object(merge, "_protects", return_value=False)


@flaw
def settle_is_blind() -> Patches:
    """R4: a settle closes values that its author never saw."""
    settle = disputes.settle

    def blind(attempt: Any, change: Change) -> None:
        dispute = attempt.work.find("dispute", change.record)
        record = attempt.work.find(dispute.get("entity"), dispute.get("record_id"))
        now = {name: record.get(name) for name in dispute.get("side")}
        values = {**change.values, "inforce": now, "side": dispute.get("side")}
        settle(attempt, replace(change, values=values))

    yield mock.patch.object(trial.disputes, "settle", blind)


@flaw
def nothing_judged_again() -> Patches:
    """R9: what is held for something waits for a person when that comes."""
    yield mock.patch.object(again, "waiting_for", return_value=[])


@flaw
def closed_case_stays() -> Patches:
    """R10: an earlier case of a person stays where it was."""
    below = Working.below

    def open_ones(work: Any, entity: str, parent_id: str) -> list[Any]:
        found = below(work, entity, parent_id)
        return [one for one in found if stamps.is_open(one)] if entity == "case" else found

    family = stamps._family

    def some(attempt: Any, person: Any) -> None:
        with mock.patch.object(Working, "below", open_ones):
            family(attempt, person)

    yield mock.patch.object(stamps, "_family", some)


@flaw
def retry_over_own_later() -> Patches:
    """R18: a Unit that is judged again overrides what its author has written since."""
    yield mock.patch.object(again, "_written_since", return_value=frozenset())


@flaw
def own_write_unseen() -> Patches:
    """R19: what one's own earlier Unit wrote counts as unseen."""
    seen = merge._seen

    def strangers(write: Any, record: Any, inforce: Any, source: Any, known: Any) -> bool:
        return seen(write, record, inforce, replace(source, n=None), known)

    yield mock.patch.object(merge, "_seen", strangers)


@flaw
def own_side_is_the_accounts() -> Patches:
    """R20: one's own side of a dispute is that of the account, whatever the laptop had shown."""

    def any_of_mine(attempt: Any, record: Any, part: Mapping[str, Any]) -> Any:
        for dispute in attempt.work.marks("dispute", record):
            mine = dispute.get("side_by") == attempt.by.source.by
            alike = disputes.names_in(dispute.get("side")) == disputes.names_in(part)
            if mine and alike and dispute.get("state") == "open":
                return dispute
        return None

    yield mock.patch.object(disputes, "own_open", any_of_mine)


@flaw
def disputes_stay_behind() -> Patches:
    """R21: a dispute does not follow its record into another bucket."""
    stamp = stamps._stamp

    def alone(attempt: Any, record: Any, scope: str, compartment: str) -> None:
        with mock.patch.object(attempt.work, "marks", return_value=[]):
            stamp(attempt, record, scope, compartment)

    yield mock.patch.object(stamps, "_stamp", alone)
