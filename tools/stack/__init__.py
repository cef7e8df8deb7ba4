"""The local stack: an AWS emulator with IAM enforced, a real Redis, and the platform applied to it."""
