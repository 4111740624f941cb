"""From claims to nodes and edges: deals, folding, derived elements. Pure: no store, no files."""
