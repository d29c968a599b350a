"""The rule reader: triggers and frames over dependencies, and offices from titles."""
