"""The laptop: its store, its sync, its commands and its pages."""
