"""PDF files as text in reading order, with the place of each line on its page."""
