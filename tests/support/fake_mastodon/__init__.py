"""A Mastodon server for benchmarks and tests: a home timeline of any length, streams, and faults to order.

    PYTHONPATH=tests python -m support.fake_mastodon --posts 100000 --rate 10

starts it by hand; `running.running_fake` starts it for a test. What it holds is the same for the same
number of posts, so a program's store and a test can know it without asking.
"""
