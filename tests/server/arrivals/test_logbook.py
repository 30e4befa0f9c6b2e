"""The log of one laptop: how far it is here, and what fits next."""

from server.arrivals.logbook import Line, Log
from tests.schema.programme import ident


def line(n: int, prev: str, mine: str) -> Line:
    return Line(1, n, prev, mine, "{}", ident(n, mine))


def test_a_log_goes_on_as_far_as_its_lines_link():
    log = Log("d:x/1", 1)
    for one in (line(2, "a", "b"), line(1, "", "a"), line(4, "c", "d")):
        log.add(one)
    assert (log.last_n, log.last_hash, sorted(log.ahead)) == (2, "b", [4])
    log.add(line(3, "b", "c"))
    assert (log.last_n, log.loose) == (4, [])


def test_a_line_that_links_to_nothing_is_loose_and_its_place_stays_free():
    log = Log("d:x/1", 1, 1, "a")
    log.add(line(2, "other", "b"))
    assert (log.last_n, log.loose) == (1, [2])
    log.add(line(2, "a", "c"))
    assert (log.last_n, log.last_hash) == (2, "c")


def test_after_a_gap_that_was_given_up_the_next_line_is_taken_on_trust():
    log = Log("d:x/1", 1, 1, "a")
    log.add(line(5, "nobody knows", "e"))
    log.give_up_below(5)
    assert (log.last_n, log.last_hash, log.given_up) == (5, "e", [(2, 4)])
    log.give_up_below(3)
    assert log.given_up == [(2, 4)]
