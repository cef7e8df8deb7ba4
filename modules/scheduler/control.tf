# A person or a program starts, pauses or ends a quiz by an event on the bus.
resource "aws_cloudwatch_event_rule" "control" {
  name           = "${var.name_prefix}-quiz-control"
  description    = "Tells the clock what somebody wants of a live quiz."
  event_bus_name = var.event_bus.name
  event_pattern  = jsonencode({ source = ["quiz.platform"], detail-type = ["Quiz Control"] })
  tags           = var.tags
}

locals {
  # Whoever waits for a quiz has left after five minutes; a start that comes then surprises everybody.
  control_retry = { maximum_event_age_in_seconds = 300, maximum_retry_attempts = 30 }
}

resource "aws_cloudwatch_event_target" "clock" {
  event_bus_name = var.event_bus.name
  rule           = aws_cloudwatch_event_rule.control.name
  target_id      = "clock"
  arn            = module.clock.alias_arn

  retry_policy {
    maximum_event_age_in_seconds = local.control_retry.maximum_event_age_in_seconds
    maximum_retry_attempts       = local.control_retry.maximum_retry_attempts
  }

  dead_letter_config {
    arn = aws_sqs_queue.control_failures.arn
  }

  depends_on = [aws_sqs_queue_policy.queues]
}

resource "aws_lambda_permission" "control" {
  statement_id  = "quiz-control"
  action        = "lambda:InvokeFunction"
  function_name = module.clock.name
  qualifier     = regex("[A-Za-z0-9_-]+$", module.clock.alias_arn)
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.control.arn
}
