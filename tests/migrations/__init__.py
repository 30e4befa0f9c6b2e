"""The steps of the registry's database."""
