"""What this deployment has declared, as the last sync brought it: its fields and its codes."""

from sqlite_utils import Database

from field_client.store import rows
from schema.deployment import Deployment


def deployment(db: Database, language: str = "en") -> Deployment:
    """All declarations that are known on this laptop."""
    in_force = "withdrawn_at IS NULL ORDER BY id"
    fields = rows.fetch_where(db, "custom_field", in_force)
    return Deployment(fields, rows.fetch_where(db, "code", in_force), language)
