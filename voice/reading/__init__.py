"""How numbers, dates, times and measures are read aloud, by language."""
