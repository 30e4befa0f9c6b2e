"""Benchmarks: ratios against a floor measured in the same run on the same machine, never a timed test.

``python -m bench`` runs all on both engines and prints one table; ``python -m bench seed pages`` runs
those named. What misses its goal is printed as such.
"""
