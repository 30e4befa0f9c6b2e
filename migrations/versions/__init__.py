"""One step a file, written out: a step imports nothing of ours, so it means for ever what it meant."""
