resource "aws_scheduler_schedule_group" "intake" {
  name = "${var.name_prefix}-intake"
  tags = var.tags
}

locals {
  # It has the form of an event on the bus. Its id is that of the day, not of the delivery: what comes twice is one line.
  daily_record = {
    id          = "daily-record:<aws.scheduler.scheduled-time>"
    source      = "quiz.platform"
    detail-type = "Daily Record"
    time        = "<aws.scheduler.scheduled-time>"
  }
}

resource "aws_scheduler_schedule" "daily_record" {
  #checkov:skip=CKV_AWS_297: Scheduler encrypts with its own key; all that a schedule holds is a fixed text with the time that it is due.

  name                         = "${var.name_prefix}-daily-record"
  group_name                   = aws_scheduler_schedule_group.intake.name
  description                  = "Leaves a line in the ledger each day."
  schedule_expression          = "cron(${var.schedule.cron})"
  schedule_expression_timezone = var.schedule.time_zone

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = module.intake.alias_arn
    role_arn = aws_iam_role.schedule.arn
    # jsonencode writes < and > as escapes, and Scheduler would not find what it has to fill in.
    input = replace(replace(jsonencode(local.daily_record), "\\u003c", "<"), "\\u003e", ">")

    # Nobody waits for it, and a late line bears the time that it was due.
    retry_policy {
      maximum_event_age_in_seconds = 3600
      maximum_retry_attempts       = 30
    }

    dead_letter_config {
      arn = aws_sqs_queue.failures.arn
    }
  }

  depends_on = [aws_iam_role_policy.schedule]
}

data "aws_iam_policy_document" "schedule_assume" {
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
      values   = [aws_scheduler_schedule_group.intake.arn]
    }
  }
}

resource "aws_iam_role" "schedule" {
  name                 = "${var.name_prefix}-intake-schedule"
  description          = "What the daily schedule calls the intake under."
  assume_role_policy   = data.aws_iam_policy_document.schedule_assume.json
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

data "aws_iam_policy_document" "schedule" {
  for_each = {
    FailuresSend = { action = "sqs:SendMessage", resource = aws_sqs_queue.failures.arn }
    IntakeInvoke = { action = "lambda:InvokeFunction", resource = module.intake.alias_arn }
  }

  statement {
    sid       = each.key
    actions   = [each.value.action]
    resources = [each.value.resource]
  }
}

resource "aws_iam_role_policy" "schedule" {
  for_each = data.aws_iam_policy_document.schedule

  name   = each.key
  role   = aws_iam_role.schedule.id
  policy = each.value.json
}
