"""Documents as JSON Lines."""
