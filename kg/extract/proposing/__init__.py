"""Candidates: every claim that a segment might make, by triggers, slots, types and the columns of tables."""
