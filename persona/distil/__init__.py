"""What a talk leaves behind, taken down by a model and checked in code."""
