"""Game days: a fault is injected, and its metric, its alarm and the message to people are seen (docs/game-days.md).

Real are the fault, the function that meets it, the lines that it logs, the definition of the alarm as it is applied,
and the way from the alarm over its composite, the topic and the notify function to the chat and the mails. The emulator
measures nothing and evaluates no alarm as AWS does, so that three things are stood in for:

- Metrics (`readings.py`, `sources.py`): out of the lines that functions log, as CloudWatch makes them, and out of what
  the emulator tells of its queues, as SQS publishes it. Where a day supplies a number itself, its test says so.
- The decision (`standin.py`): by the alarm's own threshold, period, M of N, missing data and expression.
- Time (`clock.py`): what really takes a while is waited for; minutes in which nothing new happens are left out, and
  counted. How long AWS takes to publish a metric, some seconds for logs and up to two minutes for SQS, is not.

The days that run a function outside of the stack (`process.py`) do so in a process of its own, with the settings of the
deployed one and the stack's tables, queues and topics.
"""
