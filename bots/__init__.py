"""The places where people talk, behind the ports `Bot` and `Channel`."""
