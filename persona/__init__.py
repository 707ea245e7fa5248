"""Who is speaking: the card, the prompt, the turn. Imports `anima`."""
