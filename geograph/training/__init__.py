"""Training of the learned reader: corpus, model, training run, export."""
