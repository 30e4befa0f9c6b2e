"""Arrivals are kept under their key, once."""

import pytest
import sqlalchemy as sa

from schema.change import APPLIED, Outcome, Source
from server import arrivals
from server.db import reading, writing
from tests.schema.programme import ident


def test_what_came_under_a_key_is_known_by_it(app):
    source = Source("a:x", "form 1", ident("x"), "X")
    with app.app_context():
        with writing() as conn:
            assert arrivals.known(conn, "a:x", "form 1") is None
            arrivals.store(conn, source, "{}", Outcome(ident("u"), APPLIED, 7, missing=("m",)))
        with reading() as conn:
            assert arrivals.known(conn, "a:x", "form 1") == Outcome(
                ident("u"), APPLIED, 7, missing=("m",)
            )


def test_one_key_is_never_stored_twice(app):
    source = Source("a:x", "form 1", ident("x"), "X")
    with app.app_context(), writing() as conn:
        arrivals.store(conn, source, "{}", Outcome(ident("u"), APPLIED))
        with pytest.raises(sa.exc.IntegrityError), conn.begin_nested():
            arrivals.store(conn, source, "{}", Outcome(ident("v"), APPLIED))
