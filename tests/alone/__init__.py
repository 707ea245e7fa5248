"""What starts whole processes of ours and waits for them by the clock on the wall."""
