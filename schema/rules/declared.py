"""What a deployment declares for itself, and that values and codes are of what it declared."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from schema.code_lists import by_name
from schema.codes import CodeList, OpenCodeList
from schema.codes_declared import FIELD_KIND
from schema.deployment import field_of
from schema.entities import BY_NOUN
from schema.fields import Choice
from schema.problems import BadValue
from schema.record import Record, Working
from schema.rules.rule import BROKEN, CANNOT_TELL, FORBIDS, MARKS, YES, Answer, Rule, answer

FIELD, CODE = "custom_field", "code"
PERMANENT = {FIELD: ("entity", "name", "kind", "code_list"), CODE: ("code_list", "value")}
NOTHING_OWN = ("dispute", "flag", FIELD, CODE)
UNPUBLISHED = ("high", "severe")
NO_CODES = CodeList("")


def declared(work: Working, noun: str, name: str) -> Record | None:
    """The declaration of this field of a noun, retired or not; None where there is none."""
    found = (work.find(FIELD, one) for one in sorted(work.alike(FIELD, "name", name)))
    return next((one for one in found if one and one.get("entity") == noun), None)


def has_code(work: Working, listed: str, value: str) -> bool:
    """Whether a deployment has added this code to a list."""
    found = (work.find(CODE, one) for one in work.alike(CODE, "value", value))
    return any(one and one.get("code_list") == listed for one in found)


def _says_why(field: Record, work: Working, on: date) -> Answer:
    needed = ("purpose", "sensitivity", "kind", "label_en", "name", "entity")
    missing = [name for name in needed if not str(field.get(name) or "").strip()]
    return Answer(BROKEN, tuple(missing)) if missing else YES


def _of_a_noun(field: Record, work: Working, on: date) -> Answer:
    noun = field.get("entity")
    return answer(noun in BY_NOUN and noun not in NOTHING_OWN)


def _own_name(field: Record, work: Working, on: date) -> Answer:
    entity = BY_NOUN.get(str(field.get("entity")))
    return answer(entity is None or field.get("name") not in entity.describe())


def _stays(record: Record, work: Working, on: date) -> Answer:
    before = work.rows.find(*record.key)
    kept = PERMANENT[record.entity]
    same = before is None or all(before.get(name) == record.get(name) for name in kept)
    return answer(same)


def _field_once(field: Record, work: Working, on: date) -> Answer:
    noun, name = field.get("entity"), field.get("name")
    others = (work.find(FIELD, one) for one in work.alike(FIELD, "name", name) - {field.id})
    return answer(not any(one and one.get("entity") == noun for one in others))


def _has_its_list(field: Record, work: Working, on: date) -> Answer:
    return answer((field.get("kind") == "choice") == bool(field.get("code_list")))


def _no_donor_of_harm(field: Record, work: Working, on: date) -> Answer:
    kinds = field.get("kind") in ("choice", "flag")
    return answer(not field.get("donor") or (kinds and field.get("sensitivity") not in UNPUBLISHED))


def _code_once(code: Record, work: Working, on: date) -> Answer:
    listed, value = str(code.get("code_list")), str(code.get("value"))
    others = (work.find(CODE, one) for one in work.alike(CODE, "value", value) - {code.id})
    known = by_name(listed)
    return answer(
        not any(one and one.get("code_list") == listed for one in others)
        and (known is None or value not in known)
    )


def _list_is_open(code: Record, work: Working, on: date) -> Answer:
    known = by_name(str(code.get("code_list")))
    return answer(known is None or isinstance(known, OpenCodeList))


def _custom_is_declared(record: Record, work: Working, on: date) -> Answer:
    unknown = [name for name, _ in _written(record) if not declared(work, record.entity, name)]
    return _told([f"custom.{name}" for name in unknown], ())


def _custom_fits(record: Record, work: Working, on: date) -> Answer:
    wrong: list[str] = []
    unknown: list[str] = []
    for name, value in _written(record):
        said = declared(work, record.entity, name)
        if said and said.get("kind") not in FIELD_KIND:
            unknown.append(f"custom.{name}")
        elif said and not _fits(said, value, work):
            wrong.append(f"custom.{name}")
    return _told(wrong, unknown)


def _written(record: Record) -> Iterator[tuple[str, Any]]:
    """The deployment's values that this act wrote: what stood there before is not asked again."""
    said = record.get("custom")
    for name, value in said.items() if isinstance(said, Mapping) else ():
        if value is not None and record.version_of(f"custom.{name}")[0] >= record.ver:
            yield str(name), value


def _fits(said: Record, value: Any, work: Working) -> bool:
    if said.get("kind") == "choice":
        listed = str(said.get("code_list"))
        known = by_name(listed)
        there = known is not None and value in known
        return there or (isinstance(value, str) and has_code(work, listed, value))
    try:
        return bool(field_of(said.values, NO_CODES, "").check(value) == value)
    except BadValue:
        return False


def _codes_are_listed(record: Record, work: Working, on: date) -> Answer:
    wrong: list[str] = []
    unknown: list[str] = []
    for name, listed in _open_lists(record.entity):
        value = record.get(name)
        if not value or value in listed or record.version_of(name)[0] < record.ver:
            continue
        if not has_code(work, listed.name, value):
            (wrong if work.rows.knows(CODE, value) else unknown).append(name)
    return _told(wrong, unknown)


@cache
def _open_lists(noun: str) -> tuple[tuple[str, CodeList], ...]:
    fields = BY_NOUN[noun].describe().items()
    chosen = ((name, field.codes) for name, field in fields if isinstance(field, Choice))
    return tuple((name, listed) for name, listed in chosen if isinstance(listed, OpenCodeList))


def _told(wrong: Sequence[str], unknown: Sequence[str]) -> Answer:
    if wrong:
        return Answer(BROKEN, tuple(wrong))
    return Answer(CANNOT_TELL, tuple(unknown)) if unknown else YES


def _rule(
    name: str, noun: str, sentence: str, source: str, ask: Callable[[Record, Working, date], Answer]
) -> Rule:
    return Rule(name, noun, FORBIDS, sentence, source, ask)


_RED, _DATA = "Red line 6", "Data quality"
RULES = (
    _rule(
        "custom-field-says-why",
        FIELD,
        "A field says what it is asked for and how sensitive it is.",
        _RED,
        _says_why,
    ),
    _rule(
        "custom-field-of-a-noun",
        FIELD,
        "There is no kind of record of this name that can have further fields.",
        _DATA,
        _of_a_noun,
    ),
    _rule(
        "custom-field-has-its-own-name",
        FIELD,
        "The common record has a field of this name already.",
        _DATA,
        _own_name,
    ),
    _rule(
        "custom-field-stays",
        FIELD,
        "Kind of record, name, kind of answer and list of a field never change.",
        _DATA,
        _stays,
    ),
    _rule(
        "custom-field-once",
        FIELD,
        "There is a field of this name already.",
        _DATA,
        _field_once,
    ),
    _rule(
        "custom-field-has-its-list",
        FIELD,
        "A choice has a list of codes, and nothing else has one.",
        _DATA,
        _has_its_list,
    ),
    _rule(
        "custom-field-of-harm-for-no-donor",
        FIELD,
        "Only a code or a yes or no that harms nobody may head a donor's column.",
        "Red line 11",
        _no_donor_of_harm,
    ),
    _rule("code-stays", CODE, "List and code never change.", _DATA, _stays),
    _rule("code-once-in-its-list", CODE, "The list has this code already.", _DATA, _code_once),
    _rule(
        "code-of-an-open-list",
        CODE,
        "This list is closed: rules and reports rest on its codes.",
        _DATA,
        _list_is_open,
    ),
    # What a newer laptop or a mapping of old carries is kept, and somebody looks at it.
    Rule(
        "custom-field-is-declared",
        "*",
        MARKS,
        "A value stands under a name that this deployment has not declared.",
        _RED,
        _custom_is_declared,
    ),
    _rule(
        "custom-value-fits",
        "*",
        "A field of this deployment takes no such value.",
        _DATA,
        _custom_fits,
    ),
    _rule(
        "code-is-listed",
        "*",
        "There is no such code in this list.",
        _DATA,
        _codes_are_listed,
    ),
)
