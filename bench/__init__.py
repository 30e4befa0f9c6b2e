"""Benchmarks: ratios against a floor measured in the same run on the same machine, never a timed test.

``python -m bench`` runs all on both engines and prints one table; ``python -m bench seed pages`` runs
those named. What misses its goal is printed as such, and what cannot run here is too. ``python -m bench
peers`` holds the sync against PouchDB (``bench/peers``, which wants node and, once, npm's registry); each
run with it writes ``bench/RESULTS.md``. ``ROUNDS=5`` takes the median of so many rounds of it (3 else).
``crowd`` is 200 laptops at once beside PouchDB (``LAPTOPS=20``: so many); ``narrow`` a part of it at
64 kbit/s. ``growth`` syncs with a million records at the registry, ``order`` has 16 writers and a reader,
``repair`` ten rows that differ, ``stick`` a thousand edits carried, ``memory`` eight first syncs at once.
"""
