"""Names: where a text names something, of which type, and which names are of one entity."""
