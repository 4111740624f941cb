# Each target is a command that can be typed on any system: python3 scripts/dev.py TARGET (on Windows: py scripts\dev.py TARGET).
# More words for a command go into ARGS: make score ARGS='--errors 20'
PYTHON ?= python3
TARGETS = demo test check setup bench score train neo4j examples lock clean

help:
	@$(PYTHON) scripts/dev.py help

$(TARGETS):
	@$(PYTHON) scripts/dev.py $@ $(ARGS)

.PHONY: help $(TARGETS)
