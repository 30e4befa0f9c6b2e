"""Sync over HTTP: a laptop hands in Units and takes what changed in its buckets, in one round trip."""

from server.sync.blobs import routes as blob_routes
from server.sync.views import routes

__all__ = ["blob_routes", "routes"]
