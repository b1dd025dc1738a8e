"""What every other layer stands on: errors, calendar, draws, money in text, ids, words, folder scan."""
