"""The city: what never changes during a run, read from a folder of CSV files."""
