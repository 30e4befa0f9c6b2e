"""Which tests run on one worker: those of one module and one engine, which share what they set up.

pytest-xdist has ``xdist_group`` for this, but its 3.8 writes the group where pytest 9.2 no longer looks,
and then tests of one group are dealt to all workers, each of which sets everything up again.
"""

from xdist.scheduler import LoadScopeScheduling

from tests.databases import ENGINES


class ByModuleAndEngine(LoadScopeScheduling):
    """Deals out the tests of a module together, those on SQLite apart from those on PostgreSQL."""

    def _split_scope(self, nodeid: str) -> str:
        module, _, name = nodeid.partition("::")
        return "::".join([module, *(engine for engine in ENGINES if engine in name)])
