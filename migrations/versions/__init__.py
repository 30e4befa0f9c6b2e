"""One step a file, written out; it imports nothing of ours, so it keeps its meaning for ever."""
