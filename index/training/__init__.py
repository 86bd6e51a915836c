"""Makes the shipped encoders; nothing that answers a question imports it."""
