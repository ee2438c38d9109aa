"""What screens and verbs do: states, drafts, outbox rows and searches, all of it undoable where it can be."""
