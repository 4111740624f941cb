"""GLEIF: legal entities, their names, seats and parents."""
