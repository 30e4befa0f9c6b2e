"""Syncs of laptops of released versions, as they were, and their replay against this version.

A folder a version: ``about.json`` (who, with keys that are published and invented), what each request
said and was answered, and the laptop's own folder from before it handed in its work.
"""
