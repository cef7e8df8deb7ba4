resource "aws_scheduler_schedule_group" "sessions" {
  name = "${var.name_prefix}-sessions"
  tags = var.tags
}

locals {
  # What a schedule tells the clock has the form of an event on the bus. Its id differs for each time that the schedule is
  # due, and not for each time that it is delivered.
  schedule_events = {
    for name, schedule in var.schedules : name => {
      source      = "quiz.platform"
      detail-type = "Quiz Control"
      id          = "${name}:<aws.scheduler.scheduled-time>"
      detail = {
        for key, value in { quiz_id = schedule.quiz_id, action = "start", lobby_seconds = schedule.lobby_seconds } :
        key => value if value != null
      }
    }
  }
}

resource "aws_scheduler_schedule" "sessions" {
  #checkov:skip=CKV_AWS_297: Scheduler encrypts with its own key; all that a schedule holds is the id of a quiz and when it starts.

  for_each = var.schedules

  name                         = each.key
  group_name                   = aws_scheduler_schedule_group.sessions.name
  description                  = "Starts the quiz ${each.value.quiz_id}."
  schedule_expression          = "cron(${each.value.cron})"
  schedule_expression_timezone = each.value.time_zone
  state                        = each.value.enabled ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = module.clock.alias_arn
    role_arn = aws_iam_role.schedules.arn
    # jsonencode writes < and > as escapes, and Scheduler would not find what it has to fill in.
    input = replace(replace(jsonencode(local.schedule_events[each.key]), "\\u003c", "<"), "\\u003e", ">")

    retry_policy {
      maximum_event_age_in_seconds = local.control_retry.maximum_event_age_in_seconds
      maximum_retry_attempts       = local.control_retry.maximum_retry_attempts
    }

    dead_letter_config {
      arn = aws_sqs_queue.control_failures.arn
    }
  }

  depends_on = [aws_iam_role_policy.schedules]
}

data "aws_iam_policy_document" "schedules_assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [aws_scheduler_schedule_group.sessions.arn]
    }
  }
}

resource "aws_iam_role" "schedules" {
  name                 = "${var.name_prefix}-schedules"
  description          = "What the schedules of live quizzes call the clock under."
  assume_role_policy   = data.aws_iam_policy_document.schedules_assume.json
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

data "aws_iam_policy_document" "schedules" {
  for_each = {
    ClockInvoke  = { action = "lambda:InvokeFunction", resource = module.clock.alias_arn }
    FailuresSend = { action = "sqs:SendMessage", resource = aws_sqs_queue.control_failures.arn }
  }

  statement {
    sid       = each.key
    actions   = [each.value.action]
    resources = [each.value.resource]
  }
}

resource "aws_iam_role_policy" "schedules" {
  for_each = data.aws_iam_policy_document.schedules

  name   = each.key
  role   = aws_iam_role.schedules.id
  policy = each.value.json
}
