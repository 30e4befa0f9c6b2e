"""The laptop's pages, asked as its browser asks them."""
