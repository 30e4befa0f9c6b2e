"""A synthetic programme, the same each time: for demos, trainings, tests and benchmarks.

``dice`` is the one source of chance; ``places`` lays areas, caseloads, stores and lists; ``names`` makes
plainly invented people; ``people`` and ``passage`` make each person's Units; ``sowing`` writes them, by
the one write path. Nobody in it exists: family names are words for rivers, trees and weather.
"""
