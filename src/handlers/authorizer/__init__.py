"""The WebSocket API's authorizer: a package of its own, because it alone needs OpenSSL (docs/decisions/0013)."""
