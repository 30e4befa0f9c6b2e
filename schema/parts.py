"""Values that merge part by part: of a map whose names a deployment declares, each key is a value.

A part of a record's values says some of its fields, and of such a map some of its keys. ``None`` stands
for a key that is not there.
"""

from collections.abc import Mapping
from typing import Any

Values = Mapping[str, Any]


def names_in(part: Values) -> tuple[str, ...]:
    """What a part is of: names of fields, and of keys behind the name of their map."""
    if not any(isinstance(value, Mapping) for value in part.values()):
        return tuple(part)
    return tuple(word for name, value in part.items() for word in _names(name, value))


def part_of(values: Values, like: Values) -> dict[str, Any]:
    """The same fields and keys as ``like`` has, with their values here."""
    return {name: _keys_of(values.get(name), shape) for name, shape in like.items()}


def different(values: Values, part: Values) -> dict[str, Any]:
    """What of a part is not so in these values."""
    found = {name: _differing(values.get(name), value) for name, value in part.items()}
    return {name: value for name, value in found.items() if value is not _SAME}


def joined(values: Values, part: Values) -> dict[str, Any]:
    """These values with a part laid into them; a map without a key left is none."""
    return {**values, **{name: _with(values.get(name), value) for name, value in part.items()}}


def written_keys(new: Any, old: Any, now: Any) -> dict[str, tuple[Any, Any]]:
    """{key: (what was seen there, what is to be there)} of a map that was written whole.

    old: the map that was seen, None when nothing is known of it: then what is not named stays, unless
    the map is emptied.
    """
    said, seen = _map(new), _map(old)
    if old is None and not said:
        return dict.fromkeys(_map(now), (None, None))
    pairs = {key: (seen.get(key), said.get(key)) for key in {**seen, **said}}
    return {k: (was, to) for k, (was, to) in pairs.items() if old is None or was != to}


_SAME = object()


def _names(name: str, value: Any) -> list[str]:
    return [f"{name}.{key}" for key in value] if isinstance(value, Mapping) else [name]


def _keys_of(value: Any, shape: Any) -> Any:
    if not isinstance(shape, Mapping):
        return value
    there = _map(value)
    return {key: there.get(key) for key in shape}


def _differing(value: Any, new: Any) -> Any:
    if not isinstance(new, Mapping):
        return _SAME if value == new else new
    there = _map(value)
    return {key: to for key, to in new.items() if there.get(key) != to} or _SAME


def _with(value: Any, new: Any) -> Any:
    if not isinstance(new, Mapping):
        return new
    kept = {**_map(value), **new}
    return {key: to for key, to in kept.items() if to is not None} or None


def _map(value: Any) -> Values:
    return value if isinstance(value, Mapping) else {}
