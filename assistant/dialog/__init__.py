"""The conversation without a screen: the interview, a sitting with its files, the welcome."""
