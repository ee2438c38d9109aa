"""Servers that speak Mastodon's API: Mastodon, GoToSocial, Pleroma, Pixelfed and their kin.

Nothing asks which software a server runs. What a server lacks is learnt from its answers.
"""
