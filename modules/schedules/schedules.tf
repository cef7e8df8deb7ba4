resource "aws_scheduler_schedule_group" "this" {
  name = "${var.name_prefix}-${var.group}"
  tags = var.tags
}

resource "aws_scheduler_schedule" "this" {
  #checkov:skip=CKV_AWS_297: Scheduler encrypts with its own key; all that a schedule holds is what is due, and when.

  for_each = var.calls

  name                         = each.key
  group_name                   = aws_scheduler_schedule_group.this.name
  description                  = each.value.description
  schedule_expression          = each.value.expression
  schedule_expression_timezone = each.value.time_zone
  state                        = each.value.enabled ? "ENABLED" : "DISABLED"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = var.targets[each.value.target]
    role_arn = aws_iam_role.this.arn
    # jsonencode writes < and > as escapes, and Scheduler would not find what it has to fill in.
    input = replace(replace(each.value.input, "\\u003c", "<"), "\\u003e", ">")

    retry_policy {
      maximum_event_age_in_seconds = var.retry.seconds
      maximum_retry_attempts       = var.retry.attempts
    }

    dead_letter_config {
      arn = var.failures.arn
    }
  }

  # A schedule that comes due before it may call would begin by being set aside.
  depends_on = [aws_iam_role_policy.this]
}
