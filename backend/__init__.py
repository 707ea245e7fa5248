"""Servers of models, behind the port `Backend`."""
