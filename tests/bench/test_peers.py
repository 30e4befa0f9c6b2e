"""What the comparison with a peer counts, and what it says where there is none."""

import socket
import time
from pathlib import Path
from threading import Thread

import pytest

from bench.peers import pouch
from bench.peers.relay import Count, Road, relaying
from bench.table import NotRun, show

ASKED = 200_000  # more than a relay reads at a time


def answer(listener: socket.socket) -> None:
    """Say ten bytes to each request, on one connection."""
    line, _ = listener.accept()
    with line:
        while line.recv(ASKED, socket.MSG_WAITALL):
            line.sendall(b"0123456789")


def ask(line: socket.socket) -> bytes:
    line.sendall(bytes(ASKED))
    return line.recv(10, socket.MSG_WAITALL)


def test_the_relay_counts_every_byte_both_ways_and_each_time_it_was_answered() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=answer, args=(listener,), daemon=True).start()
        with (
            relaying(listener.getsockname()[1]) as relay,
            socket.create_connection(("127.0.0.1", relay.port), 30) as line,
        ):
            assert [ask(line) for _ in range(3)] == [b"0123456789"] * 3
            assert relay.count == Count(up=3 * ASKED, down=30, turns=3)


def test_a_machine_without_node_is_told_so_and_nothing_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pouch.why_not() == "there is no node with npm on this machine"


def test_what_cannot_run_is_printed_and_misses_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    show([NotRun("beside PouchDB", "there is no node")])
    assert capsys.readouterr().out.splitlines() == [
        "NOT RUN beside PouchDB: there is no node",
        "every goal is met",
    ]


def test_a_narrow_line_takes_as_long_as_its_bytes_need_and_both_ways_are_apart() -> None:
    """The clock is the machine's: what is asked is the least that such a line can take."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=answer, args=(listener,), daemon=True).start()
        with (
            relaying(listener.getsockname()[1], Road(rate=ASKED)) as relay,
            socket.create_connection(("127.0.0.1", relay.port), 30) as line,
        ):
            began = time.monotonic()
            assert ask(line) == b"0123456789"
            assert time.monotonic() - began >= 1
