"""How sources become documents: one folder per source or format."""
