"""Every Unit as it came, with what became of it: what nobody throws away."""
