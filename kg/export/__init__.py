"""The graph for other tools: streaming writers behind one table of formats (``kg.export.formats``)."""
