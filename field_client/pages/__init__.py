"""The laptop's pages, on 127.0.0.1 only: unlock, register, find, a person, my work, disputes, sync."""
