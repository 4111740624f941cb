"""Where the graph lives: one small interface, two engines, one Cypher. The only package that writes."""
