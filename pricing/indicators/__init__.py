"""Indicators, one family a file: each reads stored results and nothing else."""
