"""The function that records requests, whatever they are."""
