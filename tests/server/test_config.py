"""Settings are read strictly, and each is documented."""

import stat
from dataclasses import fields
from pathlib import Path

import pytest

from schema import settings as names
from schema.problems import BadSetting
from server.config import FROM_FILES, SETTINGS, Config

SECRET = "0123456789abcdefghijklmnopqrstuvwxyz"
SETTINGS_PAGE = Path(__file__).parent.parent.parent / "docs" / "settings.md"


def read(tmp_path: Path, **given: str) -> Config:
    """The config of an environment with a data folder and these settings."""
    return Config.read({"DDR_DATA": str(tmp_path / "data"), **given})


def test_every_field_of_the_config_can_be_set() -> None:
    assert set(SETTINGS) == {one.name for one in fields(Config)}


def test_nothing_given_means_sqlite_beside_the_secret(tmp_path: Path) -> None:
    config = read(tmp_path)
    assert config.database_url == f"sqlite:///{tmp_path}/data/registry.sqlite"
    assert (tmp_path / "data" / "secret.key").read_text() == config.secret_key


def test_a_made_secret_is_this_users_alone_and_stays(tmp_path: Path) -> None:
    first = read(tmp_path).secret_key
    assert stat.S_IMODE((tmp_path / "data" / "secret.key").stat().st_mode) == 0o600
    assert read(tmp_path).secret_key == first


def test_two_servers_make_two_secrets(tmp_path: Path) -> None:
    assert read(tmp_path / "a").secret_key != read(tmp_path / "b").secret_key


def test_a_mistyped_name_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="DDR_DATABSE_URL is not a setting"):
        read(tmp_path, DDR_DATABSE_URL="sqlite:////x")


@pytest.mark.parametrize("name", names.FIELD_NAMES)
def test_the_laptops_settings_are_known_and_ignored(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, **{name: "anything"}).https is False


def test_both_programs_know_the_same_names() -> None:
    own = {f"DDR_{name.upper()}" for name in SETTINGS}
    assert own | {f"DDR_{name.upper()}_FILE" for name in FROM_FILES} == set(names.SERVER_NAMES)


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("DDR_DATABASE_URL", "mysql://localhost/x"),
        ("DDR_DATABASE_URL", "sqlite://"),
        ("DDR_DATABASE_URL", "::::"),
        ("DDR_SECRET_KEY", "short"),
        ("DDR_SECRET_KEY", "a" * 64),
        ("DDR_METRICS_TOKEN", "guess"),
        ("DDR_TIMEZONE", "Mars/Olympus"),
        ("DDR_TIMEZONE", "../../etc/passwd"),
        ("DDR_LANGUAGES", "en,de"),
        ("DDR_LANGUAGES", "en,en"),
        ("DDR_HTTPS", "true"),
        ("DDR_PROXIES", "-1"),
        ("DDR_PROXIES", "many"),
        ("DDR_SESSION_IDLE", "0"),
        ("DDR_PASSWORD_MEMORY", "1"),
        ("DDR_DATA", ""),
    ],
)
def test_a_value_that_cannot_be_read_stops_the_start(tmp_path: Path, name: str, bad: str) -> None:
    with pytest.raises(BadSetting, match=name):
        read(tmp_path, **{name: bad})


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{SECRET}\n")
    assert read(tmp_path, DDR_SECRET_KEY_FILE=str(tmp_path / "key")).secret_key == SECRET


def test_a_secret_and_its_file_together_stop_the_start(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="both set"):
        read(tmp_path, DDR_SECRET_KEY=SECRET, DDR_SECRET_KEY_FILE="x")


def test_a_secret_file_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="cannot be read"):
        read(tmp_path, DDR_SECRET_KEY_FILE=str(tmp_path / "absent"))


def test_postgresql_is_reached_by_psycopg_3(tmp_path: Path) -> None:
    config = read(tmp_path, DDR_DATABASE_URL="postgresql://ddr:pw@db/ddr")
    assert config.database_url == "postgresql+psycopg://ddr:pw@db/ddr"


def test_a_config_shows_no_secret() -> None:
    shown = repr(Config(data=Path("/d"), database_url="sqlite:////x", secret_key=SECRET))
    assert SECRET not in shown


def test_every_setting_is_documented() -> None:
    page = SETTINGS_PAGE.read_text("utf-8")
    assert [name for name in names.SERVER_NAMES if f"`{name}`" not in page] == []
