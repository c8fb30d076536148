"""Messages, conversations and tickets."""
