data "aws_iam_policy_document" "assume" {
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
      values   = [aws_scheduler_schedule_group.this.arn]
    }
  }
}

resource "aws_iam_role" "this" {
  name                 = "${var.name_prefix}-${var.group}-schedules"
  description          = "What the schedules of ${var.name_prefix}-${var.group} call their functions under."
  assume_role_policy   = data.aws_iam_policy_document.assume.json
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

data "aws_iam_policy_document" "this" {
  for_each = merge(
    { for name, arn in var.targets : "${name}Invoke" => { action = "lambda:InvokeFunction", resource = arn } },
    { FailuresSend = { action = "sqs:SendMessage", resource = var.failures.arn } },
  )

  statement {
    sid       = each.key
    actions   = [each.value.action]
    resources = [each.value.resource]
  }
}

resource "aws_iam_role_policy" "this" {
  for_each = data.aws_iam_policy_document.this

  name   = each.key
  role   = aws_iam_role.this.id
  policy = each.value.json
}
