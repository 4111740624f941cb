"""Epoch AI, chip sales: chip types, designers, units by quarter."""
