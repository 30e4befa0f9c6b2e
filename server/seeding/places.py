"""Areas, caseloads, stores and lists of a country that does not exist; the same for every seed."""

from collections.abc import Iterator
from dataclasses import dataclass

from schema.change import CREATE, Change
from schema.ids import derived_id

PEOPLE_A_CASELOAD = 300
REGIONS = (
    "Haute-Rivière",
    "الوادي الأخضر",
    "Costa Brumosa",
    "Northmarch",
    "Deux-Collines",
    "Saltpan",
)
DISTRICTS = ("Nord", "Centre", "Sud")
ORGANISATIONS = (
    ("NCDDR", "National Commission for Plainland", "commission"),
    ("UNPL", "Invented UN Office for Plainland", "un"),
    ("PONT", "Association Le Pont Imaginaire", "ngo"),
    ("SEMI", "Fundación Semilla Inventada", "ngo"),
    ("AMAL", "جمعية الأمل المتخيلة", "ngo"),
    ("TRADE", "Institute of Made-up Trades", "government"),
    ("COOP", "Coopérative des Champs Fictifs", "private"),
)
GROUPS = (
    ("FBH", "Invented Front of the Blue Heron"),
    ("MTC", "Mouvement imaginaire des Trois Collines"),
    ("JRS", "Junta inventada del Río Seco"),
    ("LGS", "لواء الرمال المتخيل"),
)


@dataclass(frozen=True)
class Caseload:
    """A caseload with the area and the store that people of it belong to."""

    id: str
    code: str
    area_id: str
    store_id: str


def place_id(noun: str, code: str) -> str:
    """The id of a place: it follows from its code, so every seed names the same."""
    return derived_id("seed", noun, code)


def laid() -> Iterator[tuple[str, list[Change]]]:
    """(key, changes) of what does not grow with the number of people."""
    yield "areas", list(_areas())
    yield "stores", [_store(region) for region in range(len(REGIONS))]
    yield (
        "organisations",
        [
            _create("organisation", code, code=code, name=name, kind=kind)
            for code, name, kind in ORGANISATIONS
        ],
    )
    yield "groups", [_create("armed_group", code, code=code, name=name) for code, name in GROUPS]


def caseload(place: int) -> Caseload:
    """The n-th caseload."""
    region = place % len(REGIONS)
    district = place // len(REGIONS) % len(DISTRICTS)
    code = f"CL{place + 1:03}"
    area = place_id("area", f"XA{region + 1:02}{district + 1:02}")
    return Caseload(place_id("caseload", code), code, area, place_id("store", f"ST{region + 1:02}"))


def caseload_made(place: int) -> Change:
    """The n-th caseload, as it is written."""
    one = caseload(place)
    name = f"{REGIONS[place % len(REGIONS)]} {place // len(REGIONS) + 1}"
    return _create("caseload", one.code, code=one.code, name=name, area_id=one.area_id)


def districts() -> list[str]:
    """The ids of all second-level areas."""
    return [
        place_id("area", f"XA{region + 1:02}{district + 1:02}")
        for region in range(len(REGIONS))
        for district in range(len(DISTRICTS))
    ]


def organisations() -> list[str]:
    """The ids of those who provide services."""
    return [place_id("organisation", code) for code, _, _ in ORGANISATIONS]


def groups() -> list[str]:
    """The ids of the armed groups."""
    return [place_id("armed_group", code) for code, _ in GROUPS]


def _areas() -> Iterator[Change]:
    yield _create("area", "XA", pcode="XA", name="Plainland", level=0)
    for region, name in enumerate(REGIONS, 1):
        pcode = f"XA{region:02}"
        root = place_id("area", "XA")
        yield _create("area", pcode, pcode=pcode, name=name, level=1, parent_id=root)
        for place, district in enumerate(DISTRICTS, 1):
            below, within = f"{pcode}{place:02}", place_id("area", pcode)
            said = {"pcode": below, "name": f"{name} {district}", "level": 2, "parent_id": within}
            yield _create("area", below, **said)


def _store(region: int) -> Change:
    code = f"ST{region + 1:02}"
    area = place_id("area", f"XA{region + 1:02}")
    return _create("store", code, code=code, name=f"Store {REGIONS[region]}", area_id=area)


def _create(noun: str, key: str, **values: object) -> Change:
    return Change(CREATE, noun, place_id(noun, key), values)
