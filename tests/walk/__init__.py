"""Whole journeys, by the two commands alone, against a served registry."""
