"""Filings with the SEC, as documents for the extractor."""
