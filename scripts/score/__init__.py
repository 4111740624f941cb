"""How good the extraction is: claims against people's annotations. Run as ``python3 scripts/dev.py score``."""
