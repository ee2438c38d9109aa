"""The verbs: one module each, printing text or JSON from queries."""
