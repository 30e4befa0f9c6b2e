"""What our Python says to people, for the catalogues. Babel's extractor for ``*.py`` (see babel.cfg).

Besides calls of gettext it reads what is translated only when it is shown: ``Said`` and ``Sentence``,
the questions of forms, the sentences of problems and rules, and why a Unit is held.
"""

import ast
from collections.abc import Iterator
from typing import IO, Any

Message = str | tuple[str, str]

_ONE = {"_", "gettext", "lazy_gettext", "Said"}
_MANY = {"ngettext", "lazy_ngettext", "Sentence"}
# A question of a page's own form: its label, and the hint beside it.
_FIELDS = {"Choice", "Day", "Flag", "Ref", "Text", "Whole"}
# The sentence is their second argument.
_HELD = {"Held", "not_allowed"}
# Said to machines and to who types commands; these stay English.
_MACHINES = {
    "AssertionError", "BadSetting", "NotASync", "RuntimeError", "TypeError", "ValueError",
    "WrongFormat", "WrongUse",
}  # fmt: skip


def python_words(
    source: IO[bytes], *_: Any, **__: Any
) -> Iterator[tuple[int, str, Message, list[str]]]:
    """Each message of a file as Babel wants it: line, function, message or plural pair, notes."""
    for node in ast.walk(ast.parse(source.read())):
        for message in _messages(node):
            function = "gettext" if isinstance(message, str) else "ngettext"
            yield getattr(node, "lineno", 0), function, message, []


def _messages(node: ast.AST) -> Iterator[Message]:
    if isinstance(node, ast.Call):
        yield from _called(_name(node.func), [_text(each) for each in node.args])
        if _name(node.func) in _FIELDS:
            yield from _asked(node)
    elif isinstance(node, ast.Assign):
        yield from _assigned(node)
    elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
        sentence = _text(node.exc.args[0])
        if sentence and _name(node.exc.func) not in _MACHINES:
            yield sentence


def _called(name: str, texts: list[str]) -> Iterator[Message]:
    if name in _MANY and len(texts) > 1 and texts[0] and texts[1]:
        yield texts[0], texts[1]
    elif name in _ONE | {"Sentence"} and texts and texts[0]:
        yield texts[0]
    elif name in _HELD and len(texts) > 1 and texts[1]:
        yield texts[1]


def _asked(field: ast.Call) -> Iterator[str]:
    hints = [keyword.value for keyword in field.keywords if keyword.arg == "hint"]
    yield from (text for node in [*field.args[:1], *hints] if (text := _text(node)))


def _assigned(node: ast.Assign) -> Iterator[str]:
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = list(zip(target.elts, node.value.elts, strict=True))
        else:
            pairs = [(target, node.value)]
        yield from (
            text for to, value in pairs if _name(to) == "sentence" and (text := _text(value))
        )


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.AST) -> str:
    """The text of a constant; what is put together at run time has none."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
