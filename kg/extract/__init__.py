"""Reading claims from text. The grammar proposes, a ranker decides, the text shows it.

``extractor`` is the way in. A document goes through the folders in this order, and none imports a later one:
``values`` and ``grammar`` (words to clauses; ``reading`` holds the result), ``encoding``, ``naming``, ``reference``,
``proposing``, ``ranking``, ``facts``. ``learned`` and ``forest`` read and apply what ``scripts/train`` wrote to
``weights``.
"""
