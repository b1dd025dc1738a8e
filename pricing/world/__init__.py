"""The state of a trial: levers, offices, what was published, money and quantities."""
