"""Answers as text: tables for people, CSV and JSON for programs. One renderer for every command."""
