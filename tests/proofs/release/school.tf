variable "release" {
  type    = object({ share = number, serving = map(string) })
  default = { share = 0, serving = {} }
}

locals {
  releases = { for short, version in var.release.serving : short => { serving = version, share = var.release.share } }
}

module "function" {
  source   = "./modules/function"
  for_each = toset(["http", "socket"])

  name        = "quiz-proof-${each.key}"
  description = "Says which version it is."
  package     = "${each.key}.zip"
  handler     = "code.handler"
  release     = lookup(local.releases, each.key, null)
}

resource "aws_sns_topic" "alerts" {
  name = "quiz-proof-alerts"
}

resource "aws_sqs_queue" "heard" {
  name = "quiz-proof-heard"
}

resource "aws_sqs_queue_policy" "heard" {
  queue_url = aws_sqs_queue.heard.url

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.heard.arn
    }]
  })
}

resource "aws_sns_topic_subscription" "heard" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.heard.arn
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  for_each = module.function

  alarm_name          = "${each.value.name}-errors"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = each.value.name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 3
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
}
