"""The laptop's settings are read strictly."""

from pathlib import Path

import pytest

from field_client.config import Config
from schema.problems import BadSetting


def test_the_home_is_in_the_officer_s_folder_unless_said(tmp_path: Path) -> None:
    assert Config.read({}).home == Path("~/.ploughshare").expanduser()
    assert Config.read({"DDR_FIELD_HOME": str(tmp_path)}).home == tmp_path


def test_the_server_s_settings_are_ignored() -> None:
    assert Config.read({"DDR_DATABASE_URL": "sqlite:////x"}).passphrase is None


@pytest.mark.parametrize(
    "given",
    [
        {"DDR_PASPHRASE": "x"},
        {"DDR_FIELD_HOME": ""},
        {"DDR_PASSPHRASE_FILE": "/nowhere/at/all"},
        {"DDR_FIELD_AUTOSYNC": "perhaps"},
        {"DDR_PASSPHRASE": "x", "DDR_PASSPHRASE_FILE": "/etc/hostname"},
    ],
)
def test_what_cannot_be_meant_stops_the_start(given: dict[str, str]) -> None:
    with pytest.raises(BadSetting):
        Config.read(given)


def test_a_passphrase_in_a_file_ends_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "words").write_text("four words by heart\n", encoding="utf-8")
    given = {"DDR_PASSPHRASE_FILE": str(tmp_path / "words")}
    assert Config.read(given).passphrase == "four words by heart"
    assert "heart" not in repr(Config.read(given))


def test_it_syncs_by_itself_unless_that_is_switched_off() -> None:
    assert Config.read({}).autosync
    assert not Config.read({"DDR_FIELD_AUTOSYNC": "no"}).autosync
