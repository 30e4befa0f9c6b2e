"""The laptop: an encrypted copy of one officer's caseload that works for weeks without a network."""
