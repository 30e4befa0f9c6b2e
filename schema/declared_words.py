"""What the declarations say, for the catalogues: labels, hints, codes, states, rules.

``declared_words`` is Babel's extractor for this file (see babel.cfg): templates and Python are read
as text, declarations are read by importing them.
"""

from collections.abc import Iterator
from typing import Any

from schema import policy
from schema.code_lists import MODULES, lists_of
from schema.entities import ENTITIES
from schema.rules import RULES
from schema.states import STATES
from schema.wording import MONTHS

Word = tuple[str, str]


def declared_words(*_: Any, **__: Any) -> Iterator[tuple[int, str, str, list[str]]]:
    """Each word as Babel wants it: line, function, message, notes."""
    for message, note in every_word():
        yield 0, "gettext", message, [note] if note else []


def every_word() -> Iterator[Word]:
    """Each (message, note), some of them more than once."""
    yield from _entities()
    yield from _codes()
    for state in STATES.values():
        yield from ((state.tag, state.note), (state.line, state.note))
    yield from ((rule.sentence, "") for rule in RULES)
    yield from ((month.text, "") for month in MONTHS)
    yield from ((text, "") for text in policy.COMPARTMENTS.values())


def _entities() -> Iterator[Word]:
    for entity in ENTITIES:
        named = (entity.label, entity.plural, entity.adding, entity.none_yet)
        said = (*named, *entity.read_out, *entity.conclusions())
        yield from ((words, "") for words in said if words)
        for field in entity.describe().values():
            yield field.about.label, ""
            if field.about.hint:
                yield field.about.hint, ""


def _codes() -> Iterator[Word]:
    for module in MODULES:
        for listed in lists_of(module):
            yield from ((label, f"Code list {listed.name}") for _, label in listed.items)
