"""How it sounds, and how it hears: engines of speech behind two ports."""
