"""Proofs of live quizzes: whole games through the real handlers, with an adversary in every queue and on every wire."""
