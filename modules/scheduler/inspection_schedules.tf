# A group of their own: what is dropped here is no session that people came for.
resource "aws_scheduler_schedule_group" "inspections" {
  name = "${var.name_prefix}-inspections"
  tags = var.tags
}

locals {
  inspection_schedules = {
    health    = { rate = "5 minutes", description = "Looks at everything.", arn = module.health.alias_arn }
    reconcile = { rate = var.reconcile.hours == 1 ? "1 hour" : "${var.reconcile.hours} hours", description = "Compares what belongs together.", arn = module.reconcile.alias_arn }
  }
}

resource "aws_scheduler_schedule" "inspections" {
  #checkov:skip=CKV_AWS_297: Scheduler encrypts with its own key; all that a schedule holds is which inspection is due, and when.

  for_each = local.inspection_schedules

  name                = each.key
  group_name          = aws_scheduler_schedule_group.inspections.name
  description         = each.value.description
  schedule_expression = "rate(${each.value.rate})"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = each.value.arn
    role_arn = aws_iam_role.inspections.arn
    input    = jsonencode({})

    # By then the next check is due.
    retry_policy {
      maximum_event_age_in_seconds = 300
      maximum_retry_attempts       = 5
    }

    dead_letter_config {
      arn = aws_sqs_queue.inspection_failures.arn
    }
  }

  depends_on = [aws_iam_role_policy.inspections]
}

data "aws_iam_policy_document" "inspections_assume" {
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
      values   = [aws_scheduler_schedule_group.inspections.arn]
    }
  }
}

resource "aws_iam_role" "inspections" {
  name                 = "${var.name_prefix}-inspections"
  description          = "What the schedules of inspections call their functions under."
  assume_role_policy   = data.aws_iam_policy_document.inspections_assume.json
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

data "aws_iam_policy_document" "inspections" {
  for_each = {
    HealthInvoke    = { action = "lambda:InvokeFunction", resource = module.health.alias_arn }
    ReconcileInvoke = { action = "lambda:InvokeFunction", resource = module.reconcile.alias_arn }
    FailuresSend    = { action = "sqs:SendMessage", resource = aws_sqs_queue.inspection_failures.arn }
  }

  statement {
    sid       = each.key
    actions   = [each.value.action]
    resources = [each.value.resource]
  }
}

resource "aws_iam_role_policy" "inspections" {
  for_each = data.aws_iam_policy_document.inspections

  name   = each.key
  role   = aws_iam_role.inspections.id
  policy = each.value.json
}
