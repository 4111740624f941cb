"""Epoch AI, GPU clusters: existing, planned and decommissioned phases of AI supercomputers."""
