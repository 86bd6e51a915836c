"""What is typed: `python -m rag`."""
