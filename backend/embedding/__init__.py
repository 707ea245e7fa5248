"""What finds memories by their meaning, behind the port `Embedder`."""
