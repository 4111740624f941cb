"""Numbers with their units, dates, shares, currencies and offices, as texts word them."""
