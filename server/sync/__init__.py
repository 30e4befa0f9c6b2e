"""Sync over HTTP: a laptop hands in Units and takes what changed in its buckets, in one round trip."""

from server.sync.views import routes

__all__ = ["routes"]
