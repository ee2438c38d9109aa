"""Full-screen and column screens: thread, composer, person card, why, catch-up, help."""
