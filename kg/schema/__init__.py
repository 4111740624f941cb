"""What may exist: the ontology, the registry of known entities, and the check of claims against them."""
