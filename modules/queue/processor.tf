module "processor" {
  source = "../function"

  name                 = "${var.name_prefix}-submissions"
  description          = "Scores what an LMS posted and stores each result once."
  package              = var.package
  handler              = "handlers.queue.submissions.handler"
  timeout              = var.timeout
  memory_size          = 1024
  reserved_concurrency = var.max_concurrency
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  environment = merge(var.environment, {
    DEAD_LETTER_QUEUE_URL = aws_sqs_queue.dead_letters.url
    TRUST_INLINE_KEYS     = tostring(var.trust_inline_keys)
  })

  grants = merge(var.grants, {
    DeadLettersSend = { actions = ["sqs:SendMessage"], resources = [aws_sqs_queue.dead_letters.arn] }
    SubmissionsConsume = {
      actions   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
      resources = [aws_sqs_queue.main.arn]
    }
  })
}

# No batching window: FIFO mappings refuse one.
resource "aws_lambda_event_source_mapping" "submissions" {
  event_source_arn        = aws_sqs_queue.main.arn
  function_name           = module.processor.alias_arn
  batch_size              = 10
  function_response_types = ["ReportBatchItemFailures"]
  tags                    = var.tags

  scaling_config {
    maximum_concurrency = var.max_concurrency
  }
}
