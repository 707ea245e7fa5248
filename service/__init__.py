"""Settings, composition, lifetimes and the command line. May import everyone."""
