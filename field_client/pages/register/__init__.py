"""Registering somebody in one flow: ``steps``, ``asking``, ``reading``, ``unit`` and its pages."""
