"""Tables and registers: files of rows, the cells in them, and the claims that rows make."""
