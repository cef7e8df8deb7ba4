"""Tables and queues of live quizzes."""
