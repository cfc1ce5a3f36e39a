"""The conversation without a screen: the interview, a session with its files, the welcome."""
