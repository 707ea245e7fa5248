"""The one table of commands: what each platform offers, and what comes of it."""
