"""The nouns as this deployment has them, in the reader's language: read once a request."""

from flask import g
from flask_babel import get_locale

from field_client.pages.desk import db
from field_client.store.declared import deployment
from schema.deployment import Deployment, Noun
from schema.entities import BY_NOUN


def noun_of(noun: str) -> Noun:
    """This noun with the deployment's fields and codes."""
    return declarations().of(BY_NOUN[noun])


def declarations() -> Deployment:
    """What is declared, as this request first saw it."""
    if "deployment" not in g:
        g.deployment = deployment(db(), str(get_locale()))
    known: Deployment = g.deployment
    return known


def columns_of(noun: str) -> tuple[str, ...]:
    """What a table of these records shows: the entity's columns, and what the deployment asks."""
    return (*BY_NOUN[noun].in_tables(), *declarations().asked_of(BY_NOUN[noun]))
