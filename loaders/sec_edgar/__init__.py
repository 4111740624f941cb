"""Registers of the SEC: who files, under which number and names, and what they report in numbers."""
