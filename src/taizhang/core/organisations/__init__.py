"""Areas, organisations, employers, posts and terms: what every other register refers to."""
