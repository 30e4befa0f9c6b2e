"""What a sync brings, kept as it comes and shown to nobody until all of it is here.

A cut answer leaves whole pages and their cursors behind, and the next request goes on from there.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson
from sqlite_utils import Database

from field_client.store import facts, fetched, outbox
from field_client.store.rows import one, select
from schema import points
from schema.digest import word

State = Mapping[str, Any]


def cursors(db: Database) -> tuple[dict[str, int], dict[str, int]]:
    """(cursors, heads of whole pulls under way) to go on from: those of the stage, or of the store."""
    staged = select(db, "SELECT * FROM stage_cursor")
    whole = {row["bucket"]: row["whole"] for row in staged if row["whole"]}
    kept = {row["bucket"]: row["seq"] for row in select(db, "SELECT * FROM cursor")}
    return {**kept, **{row["bucket"]: row["seq"] for row in staged}}, whole


def state(db: Database, said: State) -> bool:
    """Take in a STATE; False when it is older than the last and only its RESULTS count (R22)."""
    if said["head"] < facts.get(db, "state_head", 0):
        return False
    void = False
    if [said["epoch"], said["epoch_id"]] != facts.get(db, "epoch"):
        void = _new_epoch(db, said)
    last = {int(name): place for name, place in said["last"].items()}
    present = outbox.tip(db)[0]
    forked = _forked(db, last, said.get("forks", ()))
    # Of a chain that another copy has written, nothing says which of its Units are ours.
    ours = [number for number in outbox.chains(db) if not (forked and number == present)]
    gained = outbox.acknowledge(db, {number: last.get(number, (0,))[0] for number in ours})
    if forked or outbox.is_rewritten(outbox.unsent(db)):
        outbox.move_log(db, max(last, default=0))
    signer = {"registry_key": said["signer"]} if said.get("signer") else {}
    facts.put(
        db,
        sent=facts.get(db, "sent", 0) + gained,
        account_name=said["account"]["name"],
        takes=said.get("takes", []),
        state_head=said["head"],
        stage_state=dict(said),
        **signer,
    )
    _drop_closed(db, said["buckets"])
    return not void


def is_answered_from_here(db: Database, said: State) -> bool:
    """Whether a STATE was made from the cursors of this store: a late stick's was not (R22)."""
    return bool(said["from"] == word(cursors(db)[0]))


def results(db: Database, said: Mapping[str, Any]) -> dict[str, str]:
    """Mark what became of Units; {unit id: outcome} of those that are news.

    How far they go is kept only with END: a cut may have taken the rest of them.
    """
    points.reach("after RESULTS, before storing them")
    return outbox.mark(db, [*said["results"], *outbox.of_runs(db, said.get("runs", {}))])


def page(db: Database, line: bytes, said: Mapping[str, Any]) -> None:
    """Keep a page. The first of a whole pull throws away what an earlier one had left."""
    bucket, whole = said["bucket"], said.get("whole")
    before = one(db, "SELECT whole FROM stage_cursor WHERE bucket = ?", (bucket,))
    if whole and before != whole:
        db.execute("DELETE FROM stage WHERE bucket = ?", (bucket,))
    db.execute("INSERT INTO stage (bucket, body) VALUES (?, ?)", (bucket, line))
    row = (bucket, said["to"], whole)
    db.execute("INSERT OR REPLACE INTO stage_cursor (bucket, seq, whole) VALUES (?, ?, ?)", row)


def pages(db: Database) -> Iterator[dict[str, Any]]:
    """The staged pages in the order in which they came."""
    for (place,) in db.execute("SELECT place FROM stage ORDER BY place").fetchall():
        body = one(db, "SELECT body FROM stage WHERE place = ?", (place,))
        yield orjson.loads(body)[1]


def file(db: Database, offer: fetched.Offer) -> bool:
    """Stage a snapshot file that is all here, as the pages that it is; False when it is none.

    Done in the transaction that takes its last part, before another answer is heard: what leaves the
    bucket is told after it.
    """
    lines = fetched.lines(db, offer)
    points.reach("between snapshot and stage")
    for line, said in lines:
        page(db, line, said)
    fetched.drop(db, offer.bucket)
    return bool(lines)


def clear(db: Database) -> None:
    """Throw the stage away."""
    db.execute("DELETE FROM stage")
    db.execute("DELETE FROM stage_cursor")
    fetched.clear(db)


def _drop_closed(db: Database, opened: Mapping[str, Sequence[str]]) -> None:
    """Nothing is kept, not even out of sight, of a bucket that may no longer be read."""
    for table in ("stage_cursor", "fetched"):
        for row in select(db, f"SELECT bucket FROM {table}"):
            if "read" not in opened.get(row["bucket"], ()):
                for name in ("stage", "stage_cursor", "fetched", "fetched_part"):
                    db.execute(f"DELETE FROM {name} WHERE bucket = ?", (row["bucket"],))


def _new_epoch(db: Database, said: State) -> bool:
    """A registry that was made anew or restored: what it said of Units before is void (R12).

    True when its pages go on from a stage that is void too, and must be asked for anew.
    """
    restored = facts.get(db, "epoch") is not None
    staged = bool(one(db, "SELECT 1 FROM stage_cursor"))
    facts.put(db, epoch=[said["epoch"], said["epoch_id"]], results_seen=0)
    db.execute("UPDATE outbox SET outcome = NULL, seq = NULL")
    db.execute("DELETE FROM touched WHERE unit_id NOT IN (SELECT unit_id FROM outbox)")
    clear(db)
    if restored:
        facts.put(db, restored=True, kept=said.get("kept", {}), again=staged)
    return staged


def _forked(db: Database, last: Mapping[int, Sequence[Any]], forks: Sequence[int]) -> bool:
    """Whether another copy of this laptop has written the present incarnation."""
    incarnation, own_last, _ = outbox.tip(db)
    n, line = last.get(incarnation, (0, None))
    mine = one(db, "SELECT hash FROM outbox WHERE incarnation = ? AND n = ?", (incarnation, n))
    return incarnation in forks or n > own_last or bool(mine and line and mine != line)
