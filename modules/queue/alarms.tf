# A person is woken only where waiting until morning would cost results.
locals {
  # A failed delivery waits one visibility timeout; a message is set aside after some. This is past all of it.
  late_seconds = max(600, 2 * var.max_receives * var.visibility_timeout)

  alarms = {
    submissions-dead-letters = {
      description = "Submissions were set aside and are not scored."
      reason      = "One is a student without a score, and nothing brings it back by itself."
      severity    = "page"
      pillar      = "submissions"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.dead_letters.name }
      threshold   = 0
      periods     = 1
      datapoints  = 1
      functions   = [module.processor.name]
    }
    submissions-late = {
      description = "The oldest submission has been waiting for more than ${local.late_seconds / 60} minutes."
      reason      = "By then a submission that keeps failing was set aside, so this is a queue that nobody empties."
      severity    = "page"
      pillar      = "submissions"
      namespace   = "AWS/SQS"
      metric      = "ApproximateAgeOfOldestMessage"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.main.name }
      threshold   = local.late_seconds
      periods     = 5
      datapoints  = 3
      functions   = [module.processor.name]
    }
    submissions-backlog = {
      description = "Submissions come in faster than they are processed."
      reason      = "More than ten minutes of work at ten submissions a batch and a tenth of a second each; a class that hands in at once is far less."
      severity    = "ticket"
      pillar      = "submissions"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.main.name }
      threshold   = var.max_concurrency * 10 * 10 * 60
      periods     = 15
      datapoints  = 10
      functions   = [module.processor.name]
    }
    submissions-quarantined = {
      description = "An LMS posts submissions that can never be scored."
      reason      = "The dead-letter alarm tells of each one; ten in a minute are a broken integration."
      severity    = "ticket"
      pillar      = "submissions"
      namespace   = "QuizPlatform"
      metric      = "SubmissionsQuarantined"
      statistic   = "Sum"
      dimensions  = { service = module.processor.name }
      threshold   = 10
      periods     = 1
      datapoints  = 1
    }
    submissions-redelivered = {
      description = "Submissions keep failing and being delivered again."
      reason      = "Lambda counts a partial failure as a success, so this metric alone shows it. One that fails once heals itself; three minutes of five do not."
      severity    = "ticket"
      pillar      = "submissions"
      namespace   = "QuizPlatform"
      metric      = "BatchItemFailures"
      statistic   = "Sum"
      dimensions  = { service = module.processor.name }
      threshold   = 0
      periods     = 5
      datapoints  = 3
    }
  }
}
