# Daily events that never reached the function, or that it gave up.
resource "aws_sqs_queue" "failures" {
  name                      = "${var.name_prefix}-intake-failures"
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

resource "aws_sqs_queue_redrive_allow_policy" "failures" {
  queue_url            = aws_sqs_queue.failures.id
  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}

# Roles of this account may use it as their own policies say; nobody else may.
data "aws_iam_policy_document" "failures" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.failures.arn]

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
}

resource "aws_sqs_queue_policy" "failures" {
  queue_url = aws_sqs_queue.failures.id
  policy    = data.aws_iam_policy_document.failures.json
}
