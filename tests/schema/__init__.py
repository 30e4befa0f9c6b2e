"""What schema promises, without a database."""
