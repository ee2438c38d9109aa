"""The program killed at random instants, and what is left of all that was typed."""
