locals {
  all_queues = merge(
    { for name, queue in aws_sqs_queue.main : name => { arn = queue.arn, id = queue.id } },
    { for name, queue in aws_sqs_queue.dead_letters : "${name}-dlq" => { arn = queue.arn, id = queue.id } },
    { control-failures = { arn = aws_sqs_queue.control_failures.arn, id = aws_sqs_queue.control_failures.id } },
    { inspection-failures = { arn = aws_sqs_queue.inspection_failures.arn, id = aws_sqs_queue.inspection_failures.id } },
  )
}

# Roles of this account may use them as their own policies say; nobody else may.
data "aws_iam_policy_document" "queues" {
  for_each = local.all_queues

  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [each.value.arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }

    # Plain HTTP that never left the machine is the emulator's; AWS sees no request from there.
    condition {
      test     = "NotIpAddress"
      variable = "aws:SourceIp"
      values   = ["127.0.0.1/32"]
    }
  }

  # A rule has no role to set events aside with; the schedules and the clock have theirs.
  dynamic "statement" {
    for_each = each.key == "control-failures" ? [aws_cloudwatch_event_rule.control.arn] : []

    content {
      sid       = "RuleSends"
      actions   = ["sqs:SendMessage"]
      resources = [each.value.arn]

      principals {
        type        = "Service"
        identifiers = ["events.amazonaws.com"]
      }

      condition {
        test     = "ArnEquals"
        variable = "aws:SourceArn"
        values   = [statement.value]
      }
    }
  }
}

resource "aws_sqs_queue_policy" "queues" {
  for_each = local.all_queues

  queue_url = each.value.id
  policy    = data.aws_iam_policy_document.queues[each.key].json
}
