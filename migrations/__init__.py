"""The server database's history: Alembic reads env.py, then versions/ in order."""
