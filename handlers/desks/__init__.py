"""What is answered: one desk a file, each a topic, none knowing another."""
