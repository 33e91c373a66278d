"""The interview: the conversation, what it shows, and the terminal it is held in."""
