"""Archives of accounts, as networks hand them out: read as they are, cleaned here, and never unpacked to the disk.

Nothing in an archive is trusted. Every reader says at the first thing that cannot be right what that is
(`core.archive.BadArchive`); what was read until then stands in the store, and reading it again adds nothing twice.
"""
