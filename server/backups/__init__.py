"""Backups that were checked, and coming back from one.

``taking`` makes a file, restores it to scratch, checks it and only then says that laptops may forget what
it holds. ``restoring`` puts a file into an empty database, which then begins a further epoch; ``report``
says what became of that.
"""

from server.backups.report import Report, of_last
from server.backups.restoring import Loaded, Restored, begin_again, load
from server.backups.taking import Taken, take

__all__ = ["Loaded", "Report", "Restored", "Taken", "begin_again", "load", "of_last", "take"]
