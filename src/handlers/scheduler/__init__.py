"""Live quizzes: the clock that moves their games on, and the workers that tell everybody."""
