"""Learns what the extractor knows, from annotated documents."""
