"""A client of live quizzes over WebSockets, and simulated players: used by the demo and by the tests of the stack."""
