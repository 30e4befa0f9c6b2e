"""Numbers, days, ages and states in the officer's language."""

from datetime import UTC, datetime, tzinfo

from flask_babel import gettext, ngettext

from schema.wording import Words


def here() -> tzinfo:
    """The laptop's own zone."""
    return datetime.now(UTC).astimezone().tzinfo or UTC


WORDS = Words(gettext, ngettext, zone=here)
