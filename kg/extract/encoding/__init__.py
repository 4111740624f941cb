"""Reads a document as a whole: a small encoder of text, and what it makes of pairs of names."""
