"""The canary: a synthetic submission that takes the way of a real one. No student, quiz or question is called so."""

NAME = "#canary"
STUDENT_ID = NAME
QUIZ_ID = NAME
QUESTION_ID = NAME
# The option that scores.
ANSWER = "a"
