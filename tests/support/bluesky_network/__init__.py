"""A real AT Protocol network on loopback: directory, personal data server and AppView, from packages of npm.

`running.running_network` brings it up, seeded with nine people and what they wrote (`start.mjs`). It takes PostgreSQL
and npm, about a minute the first time and a quarter of that later, and half a gigabyte of memory.
"""
