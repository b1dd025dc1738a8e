"""From frozen inputs to outcomes: calibration, the month, one trial, and the experiment of many."""
