"""X, by version 2 of its API: paid by what is read, with an app of the owner's own."""
