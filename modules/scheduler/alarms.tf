# A person is woken only where waiting until morning would cost results.
locals {
  queue_alarms = {
    triggers-late = {
      description = "Wishes and timers wait for the clock: live quizzes stand still."
      # Not the age: a timer that was sent ten minutes ahead is ten minutes old when it is due, and on time.
      reason     = "What waits for its time does not count as visible, and what is due is taken within a second; three minutes in a row are no coincidence."
      severity   = "page"
      pillar     = "live"
      namespace  = "AWS/SQS"
      metric     = "ApproximateNumberOfMessagesVisible"
      statistic  = "Maximum"
      dimensions = { QueueName = aws_sqs_queue.main["triggers"].name }
      threshold  = 0
      periods    = 3
      datapoints = 3
      functions  = [module.clock.name]
    }
    triggers-dead-letters = {
      description = "The clock gave up on wishes or timers: their games stand still."
      reason      = "One is a game full of people who wait."
      severity    = "page"
      pillar      = "live"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.dead_letters["triggers"].name }
      threshold   = 0
      periods     = 1
      datapoints  = 1
      functions   = [module.clock.name]
    }
    jobs-late = {
      description = "Messages to players come more than half a minute late."
      reason      = "In seconds. Longer than most questions are open, and than a repeated job is held back."
      severity    = "page"
      pillar      = "live"
      namespace   = "AWS/SQS"
      metric      = "ApproximateAgeOfOldestMessage"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.main["jobs"].name }
      threshold   = 30
      periods     = 5
      datapoints  = 3
      functions   = [module.broadcast.name]
    }
    jobs-dead-letters = {
      description = "Messages to players were given up: some saw a question late or never."
      reason      = "One is worth a look by day: what it told of is over, and clients that join again are told how things stand."
      severity    = "ticket"
      pillar      = "live"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.dead_letters["jobs"].name }
      threshold   = 0
      periods     = 1
      datapoints  = 1
      functions   = [module.broadcast.name]
    }
    control-failures-not-empty = {
      description = "Events that should have moved a live quiz never did."
      reason      = "One is a session that people came for and that did not begin."
      severity    = "page"
      pillar      = "live"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.control_failures.name }
      threshold   = 0
      periods     = 1
      datapoints  = 1
      functions   = [module.clock.name]
    }
    winners-failing = {
      description = "Who won a live quiz could not be told to a subscriber."
      reason      = "Of an HTTPS endpoint each try counts, of others only the last: one is worth a look by day, at who subscribed."
      severity    = "ticket"
      pillar      = "live"
      namespace   = "AWS/SNS"
      metric      = "NumberOfNotificationsFailed"
      statistic   = "Sum"
      dimensions  = { TopicName = aws_sns_topic.winners.name }
      threshold   = 0
      periods     = 1
      datapoints  = 1
    }
  }

  alarms = merge(local.queue_alarms, local.function_alarms, local.control_alarms, local.health_alarms)
}
