"""Schedules of the sync: the real registry and real laptops, with an oracle of every edit."""
