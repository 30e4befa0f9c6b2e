"""Fifteen ways in which other systems lost, doubled, hid or showed people's data, played against this one.

Each is one test with both ends real; its docstring names the report in which a user told of it. Nine are
in ``test_lost_or_doubled.py``, six in ``test_cut_shown_or_taken.py``.
"""
