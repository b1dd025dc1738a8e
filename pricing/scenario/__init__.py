"""Scenarios and studies: TOML files read, merged, checked and frozen, each value with its line."""
