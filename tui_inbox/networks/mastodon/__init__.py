"""Servers that speak Mastodon's API: Mastodon, GoToSocial, Pleroma, Pixelfed and their kin.

What a server lacks is learnt from its answers and remembered for a week; what is known of the software
it runs (`family`) is only where asking begins.
"""
