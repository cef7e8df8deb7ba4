"""Live quizzes: a game runs through its questions by the server's clock, and everybody answers at once."""
