"""Scenarios side by side: paired differences, intervals, and the tables made of them."""
