"""What becomes of a written field: three-way, per merge group, in order of arrival, never by a clock.

Pure, and the same at both ends: the server merges what arrives; the laptop lays its open Units over
what it pulled.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from schema.change import Change, Source
from schema.entities import BY_NOUN
from schema.record import NOW, Record

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Write:
    """One merge group of one ``set``: what it is called, what was seen there, what is to be there."""

    name: str
    fields: tuple[str, ...]
    old: Values
    new: Values
    base: int


@dataclass(frozen=True)
class Merged:
    """What becomes of a Write.

    kind: ``same`` (nothing to do), ``put`` (in force), ``side`` (the other value stays in force and
    this one is a side), ``protect`` (in force at once, and the value it displaces is the side).
    """

    kind: str
    inforce: Values
    new: Values


def writes(change: Change, record: Record, base: int) -> list[Write]:
    """The merge groups that a ``set`` writes, each with what its author saw and wants."""
    groups = BY_NOUN[record.entity].groups()
    fields = BY_NOUN[record.entity].describe()
    found: dict[str, Write] = {}
    for name in change.values:
        names = groups[name]
        title = fields[name].about.group or name
        if title not in found:
            old = {n: change.old[n] for n in names if n in change.old}
            new = {n: change.values.get(n, old.get(n, record.get(n))) for n in names}
            seen = min((change.bases[n] for n in names if n in change.bases), default=base)
            found[title] = Write(title, names, old, new, min(seen, base))
    return list(found.values())


def merge(write: Write, record: Record, source: Source, known: Callable[[int], bool]) -> Merged:
    """Judge one Write against the record in force.

    known: whether this registry knows a base (one from a lost epoch is not). A value is overwritten
    when its author saw it: by number, by the old value carried, or because an earlier Unit of the same
    laptop wrote it (R19). Otherwise the default rule asks a person.
    """
    inforce = {name: record.get(name) for name in write.fields}
    if inforce == dict(write.new):
        return Merged("same", inforce, write.new)
    if _seen(write, record, inforce, source, known):
        return Merged("put", inforce, write.new)
    return Merged(
        "protect" if _protects(record.entity, write, inforce) else "side", inforce, write.new
    )


def _seen(
    write: Write, record: Record, inforce: Values, source: Source, known: Callable[[int], bool]
) -> bool:
    number, chain, n = max(record.version_of(name) for name in write.fields)
    if number == NOW or (number <= write.base and known(write.base)):
        return True
    if write.old and all(inforce[name] == value for name, value in write.old.items()):
        return True
    return bool(source.n is not None and chain == source.chain and n < source.n)


def _protects(entity: str, write: Write, inforce: Values) -> bool:
    fields = BY_NOUN[entity].describe()
    return any(
        fields[name].about.protective is not None
        and write.new[name] == fields[name].about.protective
        and inforce[name] != fields[name].about.protective
        for name in write.fields
    )


def protects(entity: str, new: Values, inforce: Values) -> bool:
    """Whether these values are more protective than those in force (process: child; doubt of age)."""
    return _protects(entity, Write("", tuple(new), {}, new, 0), {**dict.fromkeys(new), **inforce})
