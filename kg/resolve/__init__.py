"""Entity resolution: which names of which documents are one entity."""
