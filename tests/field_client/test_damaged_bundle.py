"""A stick that was damaged, forged, or is meant for elsewhere: refused whole, and nothing else is touched."""

from io import BytesIO
from pathlib import Path

import pytest

from field_client import bundle, home, sync, whole_files
from field_client.store import facts
from schema.problems import NotABundle, OtherBundle, Refused
from server.actor import SYSTEM
from server.sync import bundle as desk
from tests.field_client.acting import everything
from tests.field_client.registry import Registry
from tests.field_client.test_bundle import arrive, awa, registry, write
from tests.field_client.test_sync import register

__all__ = ["awa", "registry"]


def test_a_stick_for_another_laptop_or_of_another_registry_is_refused(
    registry: Registry, awa: home.Unlocked, tmp_path: Path
) -> None:
    bakary = registry.laptop("bakary")
    up = write(awa)
    _, answer = arrive(registry, up)
    with pytest.raises(OtherBundle):
        bundle.read(bakary, answer)
    with pytest.raises(OtherBundle):
        bundle.read(awa, up)
    with awa.opened() as db:
        facts.put(db, registry_key="00" * 32)
    with pytest.raises(NotABundle):
        bundle.read(awa, answer)
    with awa.opened() as db:
        facts.put(db, registry_key="")
    with pytest.raises(Refused):
        bundle.read(awa, answer)
    sync.run(awa)
    bundle.read(awa, answer)


def test_an_answer_that_is_cut_or_changed_at_any_byte_is_refused_whole(
    registry: Registry, awa: home.Unlocked
) -> None:
    register(awa)
    _, answer = arrive(registry, write(awa))
    body = answer.read_bytes()
    with awa.opened() as db:
        before = everything(db)
        for place in range(len(body)):
            changed = bytes([body[place] ^ (0x01, 0x20, 0x80)[place % 3]])
            for text in (body[:place], body[:place] + changed + body[place + 1 :]):
                answer.write_bytes(text)
                with pytest.raises((NotABundle, OtherBundle)):
                    bundle.opened(db, answer)
        assert everything(db) == before
    answer.write_bytes(body)
    assert bundle.read(awa, answer).confirmed == 1


def test_a_stick_that_is_cut_or_changed_at_any_byte_is_refused_whole(
    registry: Registry, awa: home.Unlocked
) -> None:
    who, _ = register(awa)
    body = write(awa).read_bytes()
    head = registry.head()
    with registry.app.app_context():
        for place in range(len(body)):
            changed = bytes([body[place] ^ (0x01, 0x20, 0x80)[place % 3]])
            for text in (body[:place], body[:place] + changed + body[place + 1 :]):
                with pytest.raises((NotABundle, OtherBundle)) as refused:
                    desk.accept(BytesIO(text), SYSTEM)
                assert refused.value.said
    assert (registry.head(), registry.row("person", who.record)) == (head, None)


def test_a_stick_that_does_not_give_back_what_was_written_is_noticed(
    registry: Registry, awa: home.Unlocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(awa)
    folder = awa.folder.parent / "stick"
    folder.mkdir()
    monkeypatch.setattr(whole_files, "_forget_cached", lambda path: path.write_bytes(b"lies"))
    with pytest.raises(whole_files.CannotWrite):
        bundle.write(awa, folder / "up")
    assert list(folder.iterdir()) == []
    with awa.opened() as db:
        assert facts.get(db, "stick") is None


def test_a_stick_takes_the_place_of_ones_own_last_one_and_of_nothing_else(
    registry: Registry, awa: home.Unlocked
) -> None:
    bakary = registry.laptop("bakary")
    path = write(awa)
    assert write(awa) == path
    theirs = path.read_bytes()
    with pytest.raises(Refused):
        bundle.write(bakary, path)
    assert path.read_bytes() == theirs
    path.write_text("a report", encoding="utf-8")
    with pytest.raises(Refused):
        bundle.write(awa, path)
    assert path.read_text("utf-8") == "a report"
