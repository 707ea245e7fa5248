"""The database changes, in order."""
