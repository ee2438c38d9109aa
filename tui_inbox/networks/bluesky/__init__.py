"""Bluesky: an account on any personal data server of the AT Protocol, and the stream of all public posts.

An account asks its own server for everything; timelines and notifications that passes on. Posts, follows and
favourites are records in the account's repository, under keys that the client makes.
"""
