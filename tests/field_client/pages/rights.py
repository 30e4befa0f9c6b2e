"""What a laptop may do, as if a sync had said so."""

import json

from sqlite_utils import Database

from schema.policy import Grant
from tests.field_client import laptops


def grant(db: Database, grants: tuple[Grant, ...]) -> None:
    """Put these grants in the place of those the laptop had."""
    db.execute("DELETE FROM bucket")
    for (compartment, scope), verbs in laptops.buckets(grants).items():
        row = {"compartment": compartment, "scope": scope, "verbs": json.dumps(verbs)}
        db.table("bucket").insert(row)
