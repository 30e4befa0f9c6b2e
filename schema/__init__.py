"""What a record is: the one place where a field, a code, a right and a merge rule are declared.

Read in this order: ``fields`` (kinds of field), ``entity`` (a noun), ``codes`` (closed lists),
``entities`` (the nouns), ``change`` (Unit, Change, Outcome), ``frames`` (lines of a sync),
``policy`` (who may do what), ``rules`` (what must hold), ``merge`` and ``judge`` (what becomes of a
Unit), ``form`` and ``dictionary`` (how a declared noun looks). Both ends import this package;
it imports neither, and nothing of Flask, SQLAlchemy, SQLite or the network.
"""
