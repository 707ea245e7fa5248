"""Long-term memory: what was said, what is known of people, and what became of their talks."""
