"""``ddr-server bundle``: what is typed in a hurry."""

from pathlib import Path

from tests.server.cli.shell import Shell


def test_an_answer_takes_the_place_of_no_other_file(shell: Shell, tmp_path: Path) -> None:
    """The sentence is about the place of the answer: nobody throws a good stick away for it."""
    stick, photo = tmp_path / "ploughshare-1a2b3c4d.bundle", tmp_path / "holiday.jpg"
    stick.write_bytes(b"what a laptop wrote")
    photo.write_bytes(b"\xff\xd8\xff\xe0")
    words = ("bundle", "accept", str(stick), "--reply", str(photo))
    assert shell.refused(*words) == "refused-by-rule"
    assert photo.read_bytes() == b"\xff\xd8\xff\xe0"
