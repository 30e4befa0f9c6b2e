"""What becomes of a written field: three-way, per merge group, in order of arrival, never by a clock.

Of a map whose names a deployment declares (``custom``) each key is a group of its own.

Pure, and the same at both ends: the server merges what arrives; the laptop lays its open Units over
what it pulled.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from schema.change import Change, Source
from schema.entities import BY_NOUN
from schema.fields import Open
from schema.parts import Values, names_in, part_of, written_keys
from schema.record import NOW, Record


class Write(NamedTuple):
    """One merge group of one ``set``: what it is called, what was seen there, what is to be there.

    name: of the field, the group, or the key behind its map (``custom.key``). field: the name that a
    dispute of it has.
    """

    name: str
    field: str
    old: Values
    new: Values
    base: int = 0


class Merged(NamedTuple):
    """What becomes of a Write.

    kind: ``same`` (nothing to do), ``put`` (in force), ``side`` (the other value stays in force and
    this one is a side), ``protect`` (in force at once, and the value it displaces is the side).
    """

    kind: str
    inforce: Values
    new: Values


def writes(change: Change, values: Values, record: Record, base: int) -> list[Write]:
    """The merge groups that a ``set`` writes, each with what its author saw and wants.

    values: those of the change, as they may be stored.
    """
    found: dict[str, Write] = {}
    for name in values:
        by_key = is_by_key(record.entity, name, values[name], record.get(name))
        for write in (_keys if by_key else _group)(change, values, record, name, base):
            found.setdefault(write.name, write)
    return list(found.values())


def _base(change: Change, names: tuple[str, ...], base: int) -> int:
    """What the author had seen of these fields (R11)."""
    if not change.bases:
        return base
    return min([base, *(change.bases[n] for n in names if n in change.bases)])


def written(change: Change) -> Iterator[str]:
    """What a ``set`` writes, by the names that ``writes`` gives, as far as it says so itself (R18)."""
    fields = BY_NOUN[change.entity].describe()
    for name, new in change.values.items():
        if name in fields and is_by_key(change.entity, name, new, None):
            yield from (f"{name}.{key}" for key in written_keys(new, change.old.get(name), None))
        elif name in fields:
            yield fields[name].about.group or name


def is_by_key(noun: str, name: str, new: Any, now: Any) -> bool:
    """Whether this field holds a map, of which each key is merged on its own."""
    if not isinstance(BY_NOUN[noun].describe()[name], Open):
        return False
    return all(value is None or isinstance(value, Mapping) for value in (new, now))


def _keys(change: Change, values: Values, record: Record, name: str, base: int) -> list[Write]:
    seen = (change.old[name] or {}) if name in change.old else None
    pairs = written_keys(values[name], seen, record.get(name))
    shown = _base(change, (name,), base)
    return [
        Write(
            f"{name}.{key}",
            name,
            {} if seen is None else {name: {key: was}},
            {name: {key: to}},
            shown,
        )
        for key, (was, to) in pairs.items()
    ]


def _group(change: Change, values: Values, record: Record, name: str, base: int) -> list[Write]:
    entity = BY_NOUN[record.entity]
    names, title = entity.groups()[name], entity.describe()[name].about.group or name
    old = {n: change.old[n] for n in names if n in change.old}
    new = {n: values[n] if n in values else old.get(n, record.get(n)) for n in names}
    return [Write(title, title, old, new, _base(change, names, base))]


def merge(write: Write, record: Record, source: Source, known: Callable[[int], bool]) -> Merged:
    """Judge one Write against the record in force.

    known: whether this registry knows a base (one from a lost epoch is not). A value is overwritten
    when its author saw it: by number, by the old value carried, or because an earlier Unit of the same
    laptop wrote it (R19). Otherwise the default rule asks a person.
    """
    inforce = part_of(record.values, write.new)
    if inforce == write.new:
        return Merged("same", inforce, write.new)
    if _seen(write, record, inforce, source, known):
        return Merged("put", inforce, write.new)
    return Merged(
        "protect" if _protects(record.entity, write, inforce) else "side", inforce, write.new
    )


def _seen(
    write: Write, record: Record, inforce: Values, source: Source, known: Callable[[int], bool]
) -> bool:
    number, chain, n = max([record.version_of(name) for name in names_in(write.new)])
    if number == NOW or (number <= write.base and known(write.base)):
        return True
    if write.old and part_of(inforce, write.old) == write.old:
        return True
    return bool(source.n is not None and chain == source.chain and n < source.n)


def _protects(entity: str, write: Write, inforce: Values) -> bool:
    fields = BY_NOUN[entity].describe()
    return any(
        fields[name].about.protective is not None
        and write.new[name] == fields[name].about.protective
        and inforce[name] != fields[name].about.protective
        for name in write.new
    )


def protects(entity: str, new: Values, inforce: Values) -> bool:
    """Whether these values are more protective than those in force (process: child; doubt of age)."""
    return _protects(entity, Write("", "", {}, new), {**dict.fromkeys(new), **inforce})
