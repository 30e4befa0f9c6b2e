"""The registry's database through time: Alembic steps, literal, one purpose each."""
