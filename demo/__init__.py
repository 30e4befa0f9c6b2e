"""``make demo``: what Ploughshare is for, by its two commands alone, on an invented programme."""
