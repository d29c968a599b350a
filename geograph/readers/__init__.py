"""Readers: from an annotated article with its resolved mentions to claims."""
