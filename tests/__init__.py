"""What holds Ploughshare to its word; the folders mirror those of the source."""
