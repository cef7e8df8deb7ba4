# Each threshold says why it is what it is; a person is woken only where waiting until morning would cost results.
locals {
  queue_alarms = {
    triggers-late = {
      description = "Wishes and timers wait for the clock: live quizzes stand still."
      severity    = "page"
      namespace   = "AWS/SQS"
      # Not the age: a timer that was sent ten minutes ahead is ten minutes old when it is due, and on time. What waits for
      # its time does not count as visible, and what is due is taken within a second.
      metric     = "ApproximateNumberOfMessagesVisible"
      statistic  = "Maximum"
      dimensions = { QueueName = aws_sqs_queue.main["triggers"].name }
      threshold  = 0
      periods    = 3
      datapoints = 3
    }
    triggers-dead-letters = {
      description = "The clock gave up on wishes or timers: their games stand still."
      severity    = "page"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.dead_letters["triggers"].name }
      # One is a game full of people who wait.
      threshold  = 0
      periods    = 1
      datapoints = 1
    }
    jobs-late = {
      description = "Messages to players come more than half a minute late."
      severity    = "page"
      namespace   = "AWS/SQS"
      metric      = "ApproximateAgeOfOldestMessage"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.main["jobs"].name }
      # Seconds. Longer than most questions are open, and than a repeated job is held back.
      threshold  = 30
      periods    = 5
      datapoints = 3
    }
    jobs-dead-letters = {
      description = "Messages to players were given up: some saw a question late or never."
      severity    = "ticket"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.dead_letters["jobs"].name }
      # What it told of is over by then; clients that join again are told how things stand.
      threshold  = 0
      periods    = 1
      datapoints = 1
    }
    control-failures-not-empty = {
      description = "Events that should have moved a live quiz never did."
      severity    = "page"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.control_failures.name }
      # One is a session that people came for and that did not begin.
      threshold  = 0
      periods    = 1
      datapoints = 1
    }
  }

  alarms = merge(local.queue_alarms, local.function_alarms, local.schedule_alarms)
}
