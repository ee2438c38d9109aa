"""The language of the program: frozen data and pure functions, with no input or output."""
