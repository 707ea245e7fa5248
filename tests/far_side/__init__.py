"""The far sides: local servers that speak the real protocols, with faults on demand."""
