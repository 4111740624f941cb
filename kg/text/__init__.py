"""Text from bytes: decoding, HTML pages, front matter, what a text says about itself, and its pieces with offsets."""
