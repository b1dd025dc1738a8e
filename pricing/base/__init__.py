"""What every other layer stands on: errors, calendar, draws, money, ids, words, folder scan."""
