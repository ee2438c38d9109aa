"""Relationships: a small state for each person, scores as sums of named terms, reasons."""
