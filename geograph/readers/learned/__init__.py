"""The learned reader: a small encoder that finds the relations of mentions which no trigger tells."""
