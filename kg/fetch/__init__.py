"""Getting bytes from files, standard input and web addresses: the only code that touches network and raw files."""
