"""What both ends know of each other since the last answer, so that it need not be said again.

A word stands for it in HELLO: for the cursors, what STATE said beyond its moment, and what the buckets
came to, by the rows kept here. The registry that knows the word leaves out what has not changed.
"""

from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from typing import Any

from sqlite_utils import Database

from field_client.store import digests, facts, staging
from field_client.store.rows import one
from schema.digest import word
from schema.frames import known_word, standing

Said = Mapping[str, Any]
WORD = "known"


@cache
def app() -> str:
    """Which version this is."""
    return version("ploughshare")


def spoken(db: Database) -> dict[str, Any]:
    """Where this store is, as HELLO says it to a registry that answered before: in a word, if it can."""
    said, want = facts.get(db, WORD), facts.get(db, "want")
    if want:
        return {**in_full(db), "want": want}
    is_same = bool(said) and facts.get(db, "told_app") == app()
    waits = one(db, "SELECT 1 FROM stage_cursor UNION ALL SELECT 1 FROM unread")
    if not is_same or waits:
        return in_full(db)
    return {"known": said}


def in_full(db: Database) -> dict[str, Any]:
    """The same for a registry that may not know the word: every cursor."""
    cursors, whole = staging.cursors(db)
    epoch, epoch_id = facts.get(db, "epoch", [0, ""])
    said = {"cursors": cursors, "whole": whole, "epoch": epoch, "epoch_id": epoch_id}
    # Of what this version does not know it keeps hashes alone, and can lay nothing on them.
    if one(db, "SELECT 1 FROM unread"):
        return said
    return {**said, "base": facts.base(db), "link": facts.get(db, "told", {}).get("link", "")}


def forget(db: Database) -> None:
    """The registry does not know the word, or it is no longer true."""
    facts.put(db, **{WORD: None})


def filled(db: Database, said: Said) -> Said:
    """A STATE with what it leaves out because it is as it was."""
    return {**facts.get(db, "told", {}), "forks": [], **said} if said.get("same") else said


def is_kept(db: Database, said: Said) -> bool:
    """Whether what a STATE says beyond its moment is what was kept, with a word for it."""
    return bool(facts.get(db, WORD)) and standing(facts.get(db, "told")) == standing(said)


def keep(db: Database, said: Said) -> None:
    """Keep what a promoted answer leaves behind; no word for it while the buckets differ."""
    moment = {"head": said["head"], "link": said.get("link", "")}
    facts.put(db, want=None, told_app=app(), told={**standing(said), **moment})
    facts.put(db, told_budget=facts.get(db, "said_budget"))
    if not digests.are_equal(db):
        forget(db)
        return
    cursors = {name: said["head"] for name, verbs in said["buckets"].items() if "read" in verbs}
    words = word(standing(said)), word(facts.get(db, "digests"))
    facts.put(db, **{WORD: known_word(cursors, *words)})
