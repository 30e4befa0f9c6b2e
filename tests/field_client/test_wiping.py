"""A laptop that is to be wiped: what was not handed in stays sealed, and nothing else can be read."""

import gzip
import shutil
import stat
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pyrage
import pytest
from click.testing import CliRunner, Result

from field_client import home, sync, wiping
from field_client.cli import main
from field_client.store import acts, drafts, facts, outbox, saving
from schema import frames
from schema.bundle import read_header
from schema.change import Unit
from schema.problems import Invalid, NotSaved, Revoked, Unreachable, Wiped
from server import devices, sealing
from server.actor import SYSTEM
from server.db import reading, writing
from server.sync import bundle
from server.sync.hello import Hello
from tests.databases import FreshDatabase
from tests.field_client.registry import PASSPHRASE, Registry, serving
from tests.field_client.test_canaries import in_clear
from tests.field_client.test_sync import register
from tests.schema.programme import A

NAMES = ["Kanari Wamba", "Zoriq Tembo", "Draft Oyelaran"]


@pytest.fixture
def registry(fresh_database: FreshDatabase, tmp_path: Path) -> Iterator[Registry]:
    """The served registry."""
    with serving(fresh_database("sqlite"), tmp_path) as served:
        yield served


@pytest.fixture
def awa(registry: Registry) -> home.Unlocked:
    """Awa's laptop: one person handed in, one only here, and a draft."""
    laptop = registry.laptop("awa")
    register(laptop, name=NAMES[0])
    sync.run(laptop)
    register(laptop, name=NAMES[1])
    with laptop.opened() as db:
        drafts.keep(db, "register", {"name": NAMES[2]})
    return laptop


def device_of(laptop: home.Unlocked) -> str:
    with laptop.opened() as db:
        return facts.device(db).id


def ask(registry: Registry, laptop: home.Unlocked) -> None:
    """The administrator asks this laptop to wipe itself."""
    with registry.app.app_context(), writing() as conn:
        devices.wipe(conn, SYSTEM, device_of(laptop), "stolen at the checkpoint")


def row_of(registry: Registry, device_id: str) -> dict[str, Any]:
    with registry.app.app_context(), reading() as conn:
        return dict(devices.find(conn, device_id))


def opened(registry: Registry, laptop: home.Unlocked) -> list[tuple[str, Any]]:
    """The frames of the sealed file, opened with the registry's key."""
    with registry.app.app_context():
        file = BytesIO((laptop.folder / home.UNSENT_FILE).read_bytes())
        read_header(file)
        lines = gzip.decompress(pyrage.decrypt(file.read(), [sealing._identity()])).splitlines()
    return [frames.read_frame(line) for line in lines]


def run(laptop: home.Unlocked, *words: str, code: int = 0) -> Result:
    env = {"DDR_FIELD_HOME": str(laptop.folder.parent), "DDR_PASSPHRASE": PASSPHRASE}
    result = CliRunner(env=env).invoke(main, words)
    assert result.exit_code == code, result.output
    return result


def test_a_wiped_laptop_keeps_only_what_was_not_sent_and_that_sealed(
    registry: Registry, awa: home.Unlocked
) -> None:
    ask(registry, awa)
    with pytest.raises(Wiped, match="has been wiped") as told:
        sync.run(awa)
    kept = awa.folder / home.UNSENT_FILE
    assert str(kept) in told.value.kept
    assert [path.name for path in awa.folder.iterdir()] == [home.UNSENT_FILE]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert in_clear(awa.folder, NAMES) == set()


def test_r25_the_sealed_file_is_a_stick_with_all_of_the_log_that_was_kept(
    registry: Registry, awa: home.Unlocked
) -> None:
    device = device_of(awa)
    with awa.opened() as db:
        kept = [row["unit_id"] for row in outbox.held(db)]
    ask(registry, awa)
    with pytest.raises(Wiped):
        sync.run(awa)
    [(first, hello), *lines, last] = opened(registry, awa)
    assert [Unit.from_text(line[3]).id for _, line in lines] == kept
    assert ({name for name, _ in lines}, last) == ({frames.OPS}, (frames.END, {}))
    Hello.read(first, hello, device, str(row_of(registry, device)["public_key"]))
    with registry.app.app_context(), (awa.folder / home.UNSENT_FILE).open("rb") as file:
        done = bundle.accept(file, SYSTEM)
    assert (done.units, done.fresh, done.outcomes) == (2, 1, {"held": 1})


def test_the_registry_hears_of_it_and_refuses_the_token_from_then_on(
    registry: Registry, awa: home.Unlocked, tmp_path: Path
) -> None:
    device = device_of(awa)
    image = shutil.copytree(awa.folder, tmp_path / "image" / "awa")
    ask(registry, awa)
    assert row_of(registry, device)["wipe_asked_at"] is not None
    assert row_of(registry, device)["wiped_at"] is None
    with pytest.raises(Wiped):
        sync.run(awa)
    assert row_of(registry, device)["wiped_at"] is not None
    with pytest.raises(Wiped):
        sync.run(home.Unlocked(image, awa.key))


def test_a_laptop_without_contact_stays_asked_and_whole(
    registry: Registry, awa: home.Unlocked
) -> None:
    ask(registry, awa)
    with awa.opened() as db:
        facts.put(db, url="http://127.0.0.1:9")
    with pytest.raises(Unreachable):
        sync.run(awa)
    assert row_of(registry, device_of(awa))["wiped_at"] is None
    assert (awa.folder / home.KEY_FILE).exists()


def test_a_laptop_that_is_only_revoked_keeps_everything(
    registry: Registry, awa: home.Unlocked
) -> None:
    with registry.app.app_context(), writing() as conn:
        devices.revoke(conn, SYSTEM, device_of(awa), "lost")
    with pytest.raises(Revoked) as told:
        sync.run(awa)
    assert told.value.code == "revoked"
    with awa.opened() as db:
        assert len(outbox.unsent(db)) == 1


def test_nothing_is_left_of_a_wiped_laptop_that_had_sent_all(
    registry: Registry, awa: home.Unlocked
) -> None:
    sync.run(awa)
    ask(registry, awa)
    with pytest.raises(Wiped) as told:
        sync.run(awa)
    assert "nothing is kept" in told.value.kept
    assert not awa.folder.exists()


def test_a_page_that_saves_during_a_wipe_is_told_that_it_did_not(
    registry: Registry, awa: home.Unlocked
) -> None:
    with awa.opened() as db:
        late = acts.create("person", {"name": "Late", "sex": "male", "caseload_id": A})
        wiping.wipe_sealing(awa)
        with pytest.raises(NotSaved):
            saving.save(db, [late])
    with pytest.raises(Wiped), awa.opened():
        pass


def test_by_hand_it_is_refused_while_something_is_only_here(awa: home.Unlocked) -> None:
    said = run(awa, "wipe", "--device", "laptop", code=1)
    assert "1 saved only here would be lost" in said.stderr
    assert (awa.folder / home.KEY_FILE).exists()
    assert run(awa, "wipe", code=2).stdout == ""


def test_by_hand_what_was_not_sent_is_sealed_and_listed_by_status(
    registry: Registry, awa: home.Unlocked
) -> None:
    run(awa, "wipe", "--device", "laptop", "--keep-unsent")
    assert len(opened(registry, awa)) == 4
    assert home.names(awa.folder.parent) == []
    assert str(awa.folder / home.UNSENT_FILE) in run(awa, "status").stdout
    with pytest.raises(Invalid, match="is taken"):
        home.prepare(awa.folder.parent, "laptop", PASSPHRASE)


def test_by_hand_a_laptop_that_has_sent_all_is_gone_and_may_join_again(
    registry: Registry, awa: home.Unlocked
) -> None:
    sync.run(awa)
    run(awa, "wipe", "--device", "laptop")
    assert not awa.folder.exists()
    assert registry.laptop("awa").folder == awa.folder


def test_a_wrapped_key_is_written_over_also_where_a_crash_left_it_beside(
    awa: home.Unlocked, tmp_path: Path
) -> None:
    wrapped = (awa.folder / home.KEY_FILE).read_bytes()
    beside = awa.folder / f".{home.KEY_FILE}.0a1b2c3d"
    beside.write_bytes(wrapped)
    blocks = [tmp_path / "block-1", tmp_path / "block-2"]
    blocks[0].hardlink_to(awa.folder / home.KEY_FILE)
    blocks[1].hardlink_to(beside)
    wiping.wipe_sealing(awa)
    assert wrapped not in [block.read_bytes() for block in blocks]
