"""Real processes that are killed, cut off and starved, and what is left afterwards."""
