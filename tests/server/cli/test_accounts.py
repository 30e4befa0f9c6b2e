"""``ddr-server user`` and ``device``: their words, their JSON and their exit codes."""

import pytest

from tests.server.cast import RegistryProgramme
from tests.server.cli.shell import Shell
from tests.server.desk import Desk, address

AWA = address("Awa")


def test_a_user_is_added_with_a_password_that_opens_the_pages(shell: Shell, desk: Desk) -> None:
    said = shell.json("user", "add", address("Dario"), "--role", "donor")
    assert desk.visitor().sign_in("Dario", said["password"]).status_code == 302


def test_a_password_may_come_from_standard_input_and_is_not_echoed(
    shell: Shell, desk: Desk
) -> None:
    password = "typed by the operator"
    done = shell.run(
        "user", "add", AWA, "--role", "donor", "--password-stdin", typed=f"{password}\n"
    )
    assert done.exit_code == 0
    assert password not in done.output
    assert desk.visitor().sign_in("Awa", password).status_code == 302


def test_a_user_over_two_scopes_has_two_grants(
    shell: Shell, cast_registry: RegistryProgramme
) -> None:
    shell.json(
        "user", "add", AWA, "--role", "field-officer", "--scope", "caseload:A", "--scope", "store:A"
    )
    [row] = shell.lines("user", "list")
    assert [grant["role"] for grant in row["grants"]] == ["field-officer"] * 2


def test_a_role_is_granted_and_ungranted(shell: Shell, cast_registry: RegistryProgramme) -> None:
    shell.json("user", "add", AWA, "--role", "donor")
    officer = ("--role", "field-officer", "--scope", "B")
    shell.json("user", "grant", AWA, *officer[:2], "--scope", "caseload:B")
    [row] = shell.lines("user", "list")
    assert [grant["role"] for grant in row["grants"]] == ["donor", "field-officer"]
    shell.json("user", "ungrant", AWA, *officer[:2], "--scope", "caseload:B")
    [row] = shell.lines("user", "list")
    assert [grant["role"] for grant in row["grants"]] == ["donor"]


def test_what_is_not_held_cannot_be_ungranted(shell: Shell) -> None:
    shell.json("user", "add", AWA, "--role", "donor")
    assert shell.refused("user", "ungrant", AWA, "--role", "auditor", "--everywhere") == "not-found"


def test_an_ambiguous_code_lists_what_it_could_be(
    shell: Shell, cast_registry: RegistryProgramme
) -> None:
    done = shell.run("user", "add", AWA, "--role", "field-officer", "--scope", "A")
    assert done.exit_code == 1
    assert "[ambiguous]" in done.stderr
    assert "caseload:A" in done.stderr
    assert "store:A" in done.stderr


def test_a_field_role_needs_a_place(shell: Shell) -> None:
    done = shell.run("user", "add", AWA, "--role", "field-officer")
    assert done.exit_code == 2
    assert "--scope" in done.stderr


def test_a_scope_and_an_area_together_are_wrong_use(shell: Shell) -> None:
    done = shell.run("user", "add", AWA, "--role", "donor", "--scope", "A", "--area", "C")
    assert done.exit_code == 2


@pytest.mark.parametrize(
    "words", [["user", "add"], ["user", "fly"], ["--what"], ["user", "add", "a", "--role", "king"]]
)
def test_wrong_words_exit_2_and_say_nothing_on_standard_output(
    shell: Shell, words: list[str]
) -> None:
    done = shell.run(*words)
    assert (done.exit_code, done.stdout) == (2, "")


def test_a_refused_user_is_not_half_there(shell: Shell) -> None:
    assert (
        shell.refused("user", "add", AWA, "--role", "donor", "--scope", "Z9") == "unknown-reference"
    )
    assert shell.lines("user", "list") == []


def test_a_disabled_user_is_shown_as_such(shell: Shell, desk: Desk) -> None:
    desk.add("Awa")
    shell.json("user", "disable", AWA)
    [row] = shell.lines("user", "list")
    assert row["disabled_at"]
    assert desk.visitor().sign_in("Awa").status_code == 200


def test_a_new_password_replaces_the_old(shell: Shell, desk: Desk) -> None:
    desk.add("Awa")
    said = shell.json("user", "password", AWA)
    assert desk.visitor().sign_in("Awa").status_code == 200
    assert desk.visitor().sign_in("Awa", said["password"]).status_code == 302


def test_a_code_made_in_the_shell_enrols_and_the_laptop_is_revoked(
    shell: Shell, desk: Desk
) -> None:
    desk.add("Awa")
    code = shell.json("device", "code", "--user", AWA)["code"]
    body = {"code": code, "name": "Laptop 12", "public_key": "ab" * 32}
    device_id = desk.visitor().client.post("/sync/1/enrol", json=body).json["device"]
    assert [row["id"] for row in shell.lines("device", "list")] == [device_id]
    shell.json("device", "revoke", device_id, "--reason", "stolen")
    [row] = shell.lines("device", "list")
    assert row["revoked_reason"] == "stolen"


def test_a_laptop_without_contact_stays_listed_as_asked_to_wipe_itself(
    shell: Shell, desk: Desk
) -> None:
    desk.add("Awa")
    code = shell.json("device", "code", "--user", AWA)["code"]
    body = {"code": code, "name": "Laptop 12", "public_key": "ab" * 32}
    device_id = desk.visitor().client.post("/sync/1/enrol", json=body).json["device"]
    assert shell.run("device", "wipe", device_id).exit_code == 2
    shell.json("device", "wipe", device_id, "--reason", "stolen")
    assert "revoked, wipe asked 2" in shell.run("device", "list").stdout
    [row] = shell.lines("device", "list")
    assert (row["revoked_reason"], row["wiped_at"]) == ("stolen", None)


@pytest.mark.parametrize("verb", ["revoke", "wipe"])
@pytest.mark.parametrize("made_up", ["not-an-id", "00000000-0000-7000-8000-000000000000"])
def test_a_laptop_that_is_not_there_cannot_be_ended(shell: Shell, made_up: str, verb: str) -> None:
    assert shell.refused("device", verb, made_up, "--reason", "x") == "not-found"


def test_as_an_officer_the_shell_may_no_more_than_the_officer(shell: Shell, desk: Desk) -> None:
    desk.add("Awa")
    friend = ("user", "add", "friend@example.org", "--role", "donor", "--as", AWA)
    assert shell.refused(*friend) == "not-allowed"
    assert shell.refused("user", "list", "--as", AWA) == "not-found"
    assert shell.refused("device", "code", "--user", AWA, "--as", AWA) == "not-allowed"


def test_as_an_administrator_the_shell_grants_to_others_and_not_to_herself(
    shell: Shell, desk: Desk
) -> None:
    desk.add("Grace")
    grace = ("--as", address("Grace"))
    shell.json("user", "add", AWA, "--role", "donor", *grace)
    own = ("user", "grant", address("Grace"), "--role", "programme-manager", "--everywhere")
    assert shell.refused(*own, *grace) == "not-allowed"


def test_an_unknown_or_disabled_account_cannot_be_acted_by(shell: Shell, desk: Desk) -> None:
    desk.add("Grace")
    assert shell.refused("user", "list", "--as", "nobody@example.org") == "not-found"
    shell.json("user", "disable", address("Grace"))
    assert shell.refused("user", "list", "--as", address("Grace")) == "not-allowed"


@pytest.mark.parametrize("name", ["", "a\x00b", "a\nb"])
def test_a_bad_name_is_refused_with_a_sentence(shell: Shell, name: str) -> None:
    done = shell.run(
        "user", "add", f"x{name}@example.org", "--role", "donor", "--name", name or "\t"
    )
    assert done.exit_code == 1
    assert "[invalid]" in done.stderr
