"""A busy Jetstream server in a process of its own, and lives of a listener that are killed."""
