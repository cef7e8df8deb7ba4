locals {
  alarms = {
    stream-failures-not-empty = {
      description = "Results are stored but their announcements were given up."
      severity    = "ticket"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.stream_failures.name }
      threshold   = 0
      periods     = 1
      datapoints  = 1
    }
    stream-late = {
      description = "Results are announced more than five minutes late."
      severity    = "ticket"
      namespace   = "AWS/Lambda"
      metric      = "IteratorAge"
      statistic   = "Maximum"
      # Milliseconds. The stream forgets after 24 hours; this leaves most of them for the repair.
      dimensions = { FunctionName = module.stream.name }
      threshold  = 300000
      periods    = 5
      datapoints = 3
    }
  }
}
