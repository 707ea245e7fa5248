"""The words we speak and the ports we speak through. Imports the standard library only."""
