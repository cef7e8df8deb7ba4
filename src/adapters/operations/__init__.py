"""What the platform looks at itself with: its queues, tables and cache, and the topics that people hear from."""
