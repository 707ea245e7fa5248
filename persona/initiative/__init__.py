"""Writing first: the reasons for it, and the manners that hold it back."""
