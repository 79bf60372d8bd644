"""The bundled English language model: tokeniser, encoder and its heads (see en/README.md for the model card)."""
