"""The avatars that ship as examples."""
