"""The laptop's store: what pages and commands may do with it.

Open it: ``home.unlock(folder, passphrase).opened()`` is a context manager that gives a ``db``
(a sqlite-utils Database over SQLCipher; one connection, one thread; opening costs milliseconds).
Every function takes it first.

Saving, each in one transaction, all or nothing, raising a Problem with nothing written:
  ``acts.create(noun, values) -> Change``            a new record; ``change.record`` is its id
  ``acts.change(db, noun, id, values, seen, base)``  new values, None when nothing is new; a form
                                                     passes what it showed and ``facts.base(db)`` then
  ``acts.settle(db, dispute_id, "keep" | "take" | {field: value}, reason) -> Change``
  ``saving.save(db, changes, draft="") -> Saved``    unit_id, records, notes (findings), sealed
Reading what is shown (rows are dicts: id, ver, scope, compartment, gate of cases, fields, extra):
  ``reading.get(db, noun, id)``, ``reading.listed(db, noun, where, after, limit)``,
  ``reading.people(db, words, limit)``, ``reading.resolve(db, ref, typed, name)``,
  ``reading.find_id(db, noun, typed)``, ``reading.titles(db, noun, ids)``,
  ``rows.fetch_where(db, noun, sql_condition, params)`` for a page's own list
Where records are: ``states.state_of(db, id)``, ``states.states_of(db, ids)`` -> Where(state, when,
  reason), state a key of ``schema.states.STATES``; ``states.pending(db)``, ``states.held(db)``
Rights: ``facts.Rights(db)``: ``may(verb, compartment, scope)``, ``scopes(verb, compartment)``
The device: ``facts.device(db)``. Drafts: ``drafts.keep(db, kind, body, id)``, ``find``, ``listed``, ``drop``.
A sync: ``field_client.sync.run(unlocked)``.
"""
