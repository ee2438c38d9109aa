"""Plain data to lines of cells: pure functions, no widgets."""
