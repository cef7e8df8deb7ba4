"""Live quizzes: what the WebSocket and the HTTP routes share, and what each does alone."""
