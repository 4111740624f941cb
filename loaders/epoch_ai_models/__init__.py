"""Epoch AI, models: developers, training compute, the chips that models were trained on."""
