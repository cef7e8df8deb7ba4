# A person is woken by neither: no quiz waits for the ledger.
locals {
  alarms = {
    intake-failures-not-empty = {
      description = "A day's event is not in the ledger."
      reason      = "One is a day without its line, after Scheduler has tried for an hour or Lambda three times; nothing tries again by itself."
      severity    = "ticket"
      pillar      = "platform"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.failures.name }
      threshold   = 0
      periods     = 1
      datapoints  = 1
      functions   = [module.intake.name]
    }
    intake-failing = {
      description = "Requests to the intake are answered with an error of ours and are not in the ledger."
      reason      = "The function answers, so Lambda counts no error, and among all of the API's requests they are few. Senders may try again; three minutes of five do not pass by themselves."
      severity    = "ticket"
      pillar      = "platform"
      namespace   = "QuizPlatform"
      metric      = "RequestsFailed"
      statistic   = "Sum"
      dimensions  = { service = module.intake.name }
      threshold   = 0
      periods     = 5
      datapoints  = 3
    }
  }
}
