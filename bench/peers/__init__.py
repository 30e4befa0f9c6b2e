"""The sync beside PouchDB 9 with PouchDB Server: the same rows and edits, real processes, one run.

``make bench ARGS=peers`` installs the peer into ``bench/peers/node_modules`` (``npm ci``, pinned by the
lock beside this file, no script of a package is run), measures both sides through the same relay and
writes ``bench/RESULTS.md``. Without node the peer is printed as not run, which is no failure.

Both sides hold what they were sent in their own files: the laptop in SQLCipher, PouchDB in LevelDB,
in batches of 1,000. Both clients are processes of their own, already running, that hold nothing else.
What is left uneven is against ours: PouchDB keeps its database and its connections open from step to
step and hands its writes, in clear, to the operating system; a laptop opens its store and a connection
for each sync, enciphers every page, and waits for the disk before it calls anything received.

Bytes are everything between client and server over TCP, headers too, no TLS; round trips are counted
where the talk turns from the server back to the client. The peer's push is its push alone, while one
sync of ours also brings back what became of each edit and what others wrote.

``make bench ARGS=crowd`` is 200 laptops at once; with ``ARGS="peers crowd"`` both stand in one table.
"""
