"""Sectors, one file each: the needs people have, how they unfold, what is shown by default."""
