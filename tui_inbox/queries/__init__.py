"""What screens and verbs read: plain functions of a store connection, returning plain data (`rows`)."""
