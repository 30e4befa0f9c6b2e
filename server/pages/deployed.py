"""The nouns as this deployment has them, in the reader's language: read once a request."""

import sqlalchemy as sa
from flask import g
from flask_babel import get_locale

from schema.deployment import Deployment, Noun
from schema.entities import BY_NOUN
from server.db import reading
from server.registry.declared import deployment


def noun_of(noun: str, conn: sa.Connection | None = None) -> Noun:
    """This noun with the deployment's fields and codes. conn: the reader's, where there is one."""
    return declarations(conn).of(BY_NOUN[noun])


def declarations(conn: sa.Connection | None = None) -> Deployment:
    """What is declared, as this request first saw it."""
    if "deployment" not in g:
        if conn is None:
            with reading() as own:
                g.deployment = deployment(own, str(get_locale()))
        else:
            g.deployment = deployment(conn, str(get_locale()))
    known: Deployment = g.deployment
    return known


def columns_of(noun: str) -> tuple[str, ...]:
    """What a table of these records shows: the entity's columns, and what the deployment asks."""
    return (*BY_NOUN[noun].in_tables(), *declarations().asked_of(BY_NOUN[noun]))
