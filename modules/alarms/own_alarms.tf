# Who tells of alarms that alarms are not told? What concerns the notify function goes past it, straight to the people.
locals {
  own_alarms = {
    alerts-failing = {
      description = "SNS cannot hand alerts to the notify function."
      reason      = "Of a function only what was given up counts: an alert that nobody has heard of."
      severity    = "ticket"
      namespace   = "AWS/SNS"
      metric      = "NumberOfNotificationsFailed"
      statistic   = "Sum"
      dimensions  = { TopicName = aws_sns_topic.alerts.name }
      threshold   = 0
      periods     = 1
      datapoints  = 1
      functions   = [local.functions.notify.name]
      direct      = true
    }
    alerts-undelivered = {
      description = "Alerts were set aside that the notify function could not tell."
      reason      = "One may be a page that woke nobody."
      severity    = "ticket"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.undelivered.name }
      threshold   = 0
      periods     = 1
      datapoints  = 1
      functions   = [local.functions.notify.name]
      direct      = true
    }
    notices-failing = {
      description = "SNS cannot deliver to somebody who should hear of alerts."
      # Not past the notify function: it tells a webhook as well, which does not depend on this topic.
      reason     = "Of an e-mail only the last try counts, of an HTTPS endpoint each; a ticket too many is better than somebody who hears of nothing."
      severity   = "ticket"
      namespace  = "AWS/SNS"
      metric     = "NumberOfNotificationsFailed"
      statistic  = "Sum"
      dimensions = { TopicName = aws_sns_topic.notices.name }
      threshold  = 0
      periods    = 1
      datapoints = 1
    }
    webhook-failing = {
      description = "The chat that should hear of alerts refuses them or does not answer."
      reason      = "Each was tried again before it counts. Whoever reads the chat alone has not heard of it."
      severity    = "ticket"
      namespace   = "QuizPlatform"
      metric      = "WebhookFailed"
      statistic   = "Sum"
      dimensions  = { service = local.functions.notify.name }
      threshold   = 0
      periods     = 1
      datapoints  = 1
      direct      = true
    }
  }
}
