"""Prebuilt questions: found by name or wording, answered with typed rows and their evidence. They only read."""
