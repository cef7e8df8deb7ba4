"""The HTTP API: what API Gateway hands to a function, and what it takes back."""
