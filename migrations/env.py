"""Runs the steps on the connection that ``server.db.upgrade`` hands over."""

from alembic import context

from server import tables

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=tables.metadata, transactional_ddl=True)
context.run_migrations()
