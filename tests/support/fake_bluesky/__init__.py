"""A personal data server and an AppView in one, in memory, as far as the adapter asks them (facts 4 to 6).

It answers as the reference implementation was seen to answer: its errors, its cursors, its short memory for tokens.
What it holds can be changed and looked at from a test, and answers can be dropped or replaced by faults.
"""
