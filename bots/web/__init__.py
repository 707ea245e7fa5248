"""The chat page: a platform of our own, where every browser is a guest."""
