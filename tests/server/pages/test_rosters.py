"""Lists of armed groups on a page: their own counts, for who reads what is said of armed groups."""

from tests.schema.programme import A, case, create, ident, person
from tests.server.town import Town


def test_each_list_says_how_many_names_came_to_what(town: Town) -> None:
    town.arrive("awa", person("Ali"), case("Ali"))
    said = {"caseload_id": A, "code": "L1", "received_on": "2026-01-10", "declared": 7}
    names = [
        create("roster_entry", f"n{line}", roster_id=ident("list"), line=line, name=f"Name {line}")
        for line in range(1, 4)
    ]
    town.arrive("hawa", create("roster", "list", **said), *names)
    match = {"entry_id": ident("n1"), "person_id": ident("Ali"), "date": "2026-02-01"}
    town.arrive("ines", create("roster_match", "m", **match, result="confirmed"))
    page = town.signed_in("hawa").get("/eligibility/lists").text
    cells = [cell.partition("<")[0].strip() for cell in page.split('class="num"')[-7:]]
    shown = [cell.rpartition(">")[2] for cell in cells]
    assert shown[1:] == ["3", "1", "0", "0", "0", "2"]
    assert ">7" in page or " 7" in page
    assert town.signed_in("awa").get("/eligibility/lists").status_code == 404
