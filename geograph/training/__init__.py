"""Training of the learned reader: corpus, model, training run, export."""

EPOCHS = 10
"""Passes over all passages."""
