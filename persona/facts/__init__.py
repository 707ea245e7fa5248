"""What people tell of themselves: found by rules, in three languages, and how it changes."""
