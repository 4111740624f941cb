"""Epoch AI, Frontier data centers: sites, their timelines, their chips."""
