"""Known bugs of the laptop: what it keeps, shows, moves and removes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any
from unittest import mock

from sqlite_utils import Database

from field_client import sync as laptop_sync
from field_client.store import acts, laying, outbox, overlay, promoting, pruning, staging
from schema import frames
from schema.problems import Unreachable
from server.sync import snapshots
from tests.sync.known_bugs.flaw import Patches, flaw


@flaw
def cursor_before_rows() -> Patches:
    """The laptop keeps how far it was told before it keeps what it was told."""
    page, cursors = staging.page, staging.cursors

    def early(db: Database, line: bytes, said: Mapping[str, Any]) -> None:
        page(db, line, said)
        db.execute(
            "INSERT OR REPLACE INTO cursor (bucket, seq) VALUES (?, ?)",
            (said["bucket"], said["to"]),
        )

    def forgetful(db: Database) -> Any:
        staging.clear(db)
        return cursors(db)

    yield mock.patch.object(staging, "page", early)
    yield mock.patch.object(staging, "cursors", forgetful)


def by_pages() -> Any:
    """Whole buckets come page by page: the one fault could not be in a file."""
    return mock.patch.object(snapshots, "LEAST_RECORDS", 1_000_000)


@flaw
def end_of_body_taken_for_end() -> Patches:
    """An answer that stops is taken for one that is complete."""
    lines = laptop_sync._answered

    def trusting(db: Database, answer: Iterator[list[bytes]], tell: Callable[[], None]) -> Any:
        end = frames.frame(frames.END, {"more": False, "counts": {}})

        def ended() -> Iterator[list[bytes]]:
            with suppress(Unreachable):
                yield from answer
            yield [end]

        return lines(db, ended(), tell)

    yield mock.patch.object(laptop_sync, "_answered", trusting)
    yield by_pages()


@flaw
def late_answers_obeyed() -> Patches:
    """R22: an answer that was made from other cursors, or before another one, counts as the newest."""
    state = staging.state

    def newest(db: Database, said: Mapping[str, Any]) -> bool:
        staging.facts.put(db, state_head=0)
        return state(db, said)

    yield mock.patch.object(staging, "is_answered_from_here", return_value=True)
    yield mock.patch.object(staging, "state", newest)


@flaw
def a_whole_pull_forgets_where_it_began() -> Patches:
    """R26: what goes on with a pull of a whole bucket is taken for changes since its last page."""
    cursors = staging.cursors
    yield mock.patch.object(staging, "cursors", lambda db: (cursors(db)[0], {}))
    yield by_pages()


@flaw
def overlay_ends_at_results() -> Patches:
    """R2: what was applied is taken off the screen before its row has come."""
    mark = outbox.mark

    def at_once(db: Database, results: Sequence[Sequence[Any]]) -> dict[str, str]:
        news = mark(db, results)
        overlay.lift_all(db)
        outbox.end_overlays(db, 1 << 60)
        overlay.lay_all(db)
        return news

    yield mock.patch.object(outbox, "mark", at_once)


@flaw
def fork_moves_the_unsent() -> Patches:
    """R6: a fork takes along only what seems not to have arrived."""
    state, move = staging.state, outbox.move_log

    def believing(db: Database, said: Mapping[str, Any]) -> bool:
        last = {int(name): place[0] for name, place in said["last"].items()}
        outbox.acknowledge(db, last)
        return state(db, said)

    def in_part(db: Database, beyond: int) -> int:
        old, _, _ = outbox.tip(db)
        db.execute(
            "DELETE FROM outbox WHERE incarnation = ? AND arrived_at IS NOT NULL AND open = 0",
            (old,),
        )
        db.execute(
            "UPDATE outbox SET incarnation = 0 WHERE incarnation = ? AND arrived_at IS NOT NULL",
            (old,),
        )
        return move(db, beyond)

    yield mock.patch.object(staging, "state", believing)
    yield mock.patch.object(outbox, "move_log", in_part)


@flaw
def base_ignores_overlay() -> Patches:
    """R11: what one's own open value hid on the screen counts as seen."""
    yield mock.patch.object(acts, "_based", lambda db, change, base: change)


@flaw
def base_is_the_newest_row() -> Patches:
    """R16: a laptop's base is the highest number among its rows, not the head that it was told."""
    promote = promoting.promote

    def by_rows(db: Database, *digests: Any) -> Any:
        done = promote(db, *digests)
        nouns = ("person", "case", "household_member", "service", "weapon", "caseload")
        newest = [db.execute(f'SELECT max(ver) FROM "{noun}"').fetchone()[0] for noun in nouns]
        promoting.facts.put(db, base=max(one or 0 for one in newest))
        return done

    yield mock.patch.object(promoting, "promote", by_rows)


@flaw
def removal_regardless() -> Patches:
    """R24: a removal removes the row wherever it is by now."""

    def anywhere(db: Database, noun: str, record_id: str, bucket: Any) -> int:
        return int(db.execute(f'DELETE FROM "{noun}" WHERE id = ?', (record_id,)).rowcount)

    yield mock.patch.object(laying, "_remove", anywhere)


@flaw
def open_units_pruned() -> Patches:
    """R25: a held Unit leaves the log because a backup holds it, and with it the officer's screen."""

    def front(db: Database, incarnation: int, safe: int) -> Any:
        query = "SELECT incarnation, n, unit_id FROM outbox WHERE incarnation = ? AND n <= ?"
        return promoting.select(db, query, (incarnation, safe))

    yield mock.patch.object(pruning, "_front", front)
