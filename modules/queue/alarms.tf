# Each threshold says why it is what it is; a person is woken only where waiting until morning would cost results.
locals {
  # A failed delivery waits one visibility timeout; a message is set aside after some. This is past all of it.
  late_seconds = max(600, 2 * var.max_receives * var.visibility_timeout)

  alarms = {
    submissions-dead-letters = {
      description = "Submissions were set aside and are not scored."
      severity    = "page"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.dead_letters.name }
      # One is a student without a score.
      threshold  = 0
      periods    = 1
      datapoints = 1
    }
    submissions-late = {
      description = "The oldest submission has been waiting for more than ${local.late_seconds / 60} minutes."
      severity    = "page"
      namespace   = "AWS/SQS"
      metric      = "ApproximateAgeOfOldestMessage"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.main.name }
      threshold   = local.late_seconds
      periods     = 5
      datapoints  = 3
    }
    submissions-backlog = {
      description = "Submissions come in faster than they are processed."
      severity    = "ticket"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.main.name }
      # About ten minutes of work at ten messages per batch and a tenth of a second each.
      threshold  = var.max_concurrency * 10 * 10 * 60
      periods    = 15
      datapoints = 10
    }
    submissions-quarantined = {
      description = "An LMS posts submissions that can never be scored."
      severity    = "ticket"
      namespace   = "QuizPlatform"
      metric      = "SubmissionsQuarantined"
      statistic   = "Sum"
      dimensions  = { service = module.processor.name }
      # The dead-letter alarm tells of each one; this tells of a broken integration.
      threshold  = 10
      periods    = 1
      datapoints = 1
    }
    submissions-redelivered = {
      description = "Submissions keep failing and being delivered again."
      severity    = "ticket"
      namespace   = "QuizPlatform"
      metric      = "BatchItemFailures"
      statistic   = "Sum"
      dimensions  = { service = module.processor.name }
      # Lambda counts a partial failure as a success, so this metric is the only one that shows it.
      threshold  = 0
      periods    = 5
      datapoints = 3
    }
    submissions-errors = {
      description = "The submissions function crashes or times out."
      severity    = "ticket"
      namespace   = "AWS/Lambda"
      metric      = "Errors"
      statistic   = "Sum"
      dimensions  = { FunctionName = module.processor.name }
      # A crash returns its batch to the queue, so a single one heals itself.
      threshold  = 0
      periods    = 5
      datapoints = 3
    }
    submissions-throttled = {
      description = "Lambda refuses to run the submissions function; refused deliveries count towards setting aside."
      severity    = "ticket"
      namespace   = "AWS/Lambda"
      metric      = "Throttles"
      statistic   = "Sum"
      dimensions  = { FunctionName = module.processor.name }
      threshold   = 0
      periods     = 5
      datapoints  = 3
    }
  }
}
