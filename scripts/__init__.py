"""What is done with a checkout: set up, check, measure, pin. Not part of the package."""
