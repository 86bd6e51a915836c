"""Strings to values: numbers and ranges, dates and periods, amounts, articles of law, papers, references."""
