"""A server in memory that answers as X's API does, written from what is published of it.

It prices and counts what it answers, so that a test can compare what an account believes to have spent.
"""
