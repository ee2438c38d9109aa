"""Pictures in the terminal: which way it can show them, how they are read, and how they become cells."""
