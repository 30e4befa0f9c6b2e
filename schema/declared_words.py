"""What the declarations say, for the catalogues: labels, hints, codes, states, problems, sentences.

``declared_words`` is Babel's extractor for this file (see babel.cfg): templates and calls of
gettext are read as text, declarations are read by importing them.
"""

from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from schema import codes, detail, form, policy, posted, problems, states, typed_dates, wording
from schema.codes import CodeList
from schema.entities import ENTITIES
from schema.said import Said, Sentence
from schema.states import STATES

_MODULES = (detail, form, posted, states, typed_dates, wording)
_LISTS = (codes,)

Word = tuple[str | tuple[str, str], str]


def declared_words(
    *_: Any, **__: Any
) -> Iterator[tuple[int, str, str | tuple[str, str], list[str]]]:
    """Each word as Babel wants it: line, function, message or plural pair, notes."""
    for message, note in every_word():
        function = "gettext" if isinstance(message, str) else "ngettext"
        yield 0, function, message, [note] if note else []


def every_word() -> Iterator[Word]:
    """Each (message, note), some of them more than once."""
    yield from _entities()
    yield from _codes()
    for state in STATES.values():
        yield from ((state.tag, state.note), (state.line, state.note))
    for module in _MODULES:
        yield from _sentences(vars(module).values())
    yield from ((text, "") for text in policy.COMPARTMENTS.values())
    yield from ((problem.sentence, "") for problem in _problems(problems.Problem))


def _entities() -> Iterator[Word]:
    for entity in ENTITIES:
        yield from ((entity.label, ""), (entity.plural, ""))
        for field in entity.describe().values():
            yield field.about.label, ""
            if field.about.hint:
                yield field.about.hint, ""


def _codes() -> Iterator[Word]:
    for module in _LISTS:
        for listed in _lists(module):
            yield from ((label, f"Code list {listed.name}") for _, label in listed.items)


def _lists(module: ModuleType) -> list[CodeList]:
    return [value for value in vars(module).values() if isinstance(value, CodeList)]


def _sentences(values: Iterable[Any]) -> Iterator[Word]:
    for value in values:
        if isinstance(value, Said) and value.text:
            yield value.text, ""
        elif isinstance(value, Sentence):
            yield (value.one, value.many) if value.many else value.one, ""
        elif isinstance(value, (tuple, dict)):
            yield from _sentences(value.values() if isinstance(value, dict) else value)


def _problems(kind: type[problems.Problem]) -> Iterator[type[problems.Problem]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from _problems(narrower)
