"""Figures of a run, one file a chart: tables in, a matplotlib figure out."""
