"""How the bytes of attachments travel beside a sync: what both ends must say alike.

POST /sync/1/blobs, JSON {offer [[sha256, bytes to send]], want [sha256]}, answered {offered {sha256: [offset,
  here, safe]}, here [sha256]}. offset: how much of this laptop's upload is there; here: it is whole; safe: a
  checked backup holds it. ``here`` names those wanted ones that may be read and can be fetched.
PATCH /sync/1/blobs/SHA256 with a chunk, its offset, the length of all, and the chunk's own hash; answered
  {offset, here}. Another offset than the one there is answered 409 with the right one.
GET /sync/1/blobs/SHA256 with ``Range: bytes=N-``.

Each is signed like HELLO: a stolen token alone opens nothing. What a laptop may hand in but not keep is sent as
an age file under the hash of what is in it.
"""

PATH = "/sync/1/blobs"
OFFSET, LENGTH, CHUNK_HASH, SIGNATURE = (
    "Upload-Offset",
    "Upload-Length",
    "Chunk-SHA256",
    "Laptop-Signature",
)
LEAST_CHUNK, MOST_CHUNK = 32 * 1024, 256 * 1024
# Of one request, hashes offered and hashes wanted.
MOST_ASKED = 500
# What sealing adds to a picture, generously.
MOST_SEALING = 64 * 1024
SEALED_HEAD = b"age-encryption.org/v1\n"


def signed_text(method: str, path: str, *said: str) -> bytes:
    """What a laptop signs of a request: its method, its path, and what it says besides."""
    return "\n".join(("blob", method, path, *said)).encode()


def is_sealed(body: bytes) -> bool:
    """Whether these bytes were sealed to the registry."""
    return body.startswith(SEALED_HEAD)
