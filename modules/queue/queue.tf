locals {
  # The largest message that the provider lets a queue take is 256 KB with its attributes. The last 4 KB are kept free for the reason that a
  # rejected submission carries into the dead-letter queue. The function accepts 4 KB less than the queue, so that such a
  # message can also be moved back with its reason.
  most_bytes        = 256 * 1024
  most_reason_bytes = 4 * 1024
}

resource "aws_sqs_queue" "main" {
  name                       = "${var.name_prefix}-submissions.fifo"
  fifo_queue                 = true
  deduplication_scope        = "messageGroup"
  fifo_throughput_limit      = "perMessageGroupId"
  max_message_size           = local.most_bytes - local.most_reason_bytes
  message_retention_seconds  = var.retention_days * 24 * 3600
  sqs_managed_sse_enabled    = true
  visibility_timeout_seconds = var.visibility_timeout
  tags                       = var.tags

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    maxReceiveCount     = var.max_receives
  })
}

resource "aws_sqs_queue" "dead_letters" {
  name                       = "${var.name_prefix}-submissions-dlq.fifo"
  fifo_queue                 = true
  deduplication_scope        = "messageGroup"
  fifo_throughput_limit      = "perMessageGroupId"
  max_message_size           = local.most_bytes
  message_retention_seconds  = var.dead_letter_retention_days * 24 * 3600
  sqs_managed_sse_enabled    = true
  visibility_timeout_seconds = var.visibility_timeout
  tags                       = var.tags
}

resource "aws_sqs_queue_redrive_allow_policy" "dead_letters" {
  queue_url = aws_sqs_queue.dead_letters.id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.main.arn]
  })
}

data "aws_iam_policy_document" "access" {
  for_each = { main = aws_sqs_queue.main.arn, dead_letters = aws_sqs_queue.dead_letters.arn }

  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [each.value]

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

  dynamic "statement" {
    for_each = each.key == "main" && length(var.producer_arns) > 0 ? [var.producer_arns] : []

    content {
      sid       = "ProducersSend"
      actions   = ["sqs:GetQueueUrl", "sqs:SendMessage"]
      resources = [each.value]

      principals {
        type        = "AWS"
        identifiers = statement.value
      }
    }
  }
}

resource "aws_sqs_queue_policy" "main" {
  queue_url = aws_sqs_queue.main.id
  policy    = data.aws_iam_policy_document.access["main"].json
}

resource "aws_sqs_queue_policy" "dead_letters" {
  queue_url = aws_sqs_queue.dead_letters.id
  policy    = data.aws_iam_policy_document.access["dead_letters"].json
}
