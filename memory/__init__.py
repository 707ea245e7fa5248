"""Recall, remember and forget: the ledger in SQL and the tail of it in a cache."""
