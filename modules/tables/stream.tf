module "stream" {
  source = "../function"

  name                 = "${var.name_prefix}-stream"
  description          = "Announces, exports and counts what the tables' streams tell."
  package              = var.package
  handler              = "handlers.tables.stream.handler"
  timeout              = 30
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  environment = {
    ANALYTICS_TABLE     = aws_dynamodb_table.this["analytics"].name
    ANNOUNCEMENTS_TABLE = aws_dynamodb_table.this["announcements"].name
    EVENT_BUS_NAME      = var.event_bus.name
    PROGRESS_TABLE      = aws_dynamodb_table.this["progress"].name
    RESULTS_BUCKET      = module.exports.name
    RESULTS_TABLE       = aws_dynamodb_table.this["results"].name
    SUBMISSIONS_TABLE   = aws_dynamodb_table.this["submissions"].name
  }

  grants = {
    AnalyticsCount    = local.grants["analytics"].count
    AnnouncementsMark = local.grants["announcements"].mark
    EventsPublish     = var.event_bus.grant
    ExportsPut        = local.folder_grants["results"].put
    FailuresSend      = { actions = ["sqs:SendMessage"], resources = [aws_sqs_queue.stream_failures.arn] }
    StreamsRead = {
      actions   = local.stream_actions
      resources = [for table in keys(local.streams) : aws_dynamodb_table.this[table].stream_arn]
    }
  }
}

# What can be news, by table. A submission is written once; a result is made with its quiz, and scored by a change;
# progress comes with the first answer to a question, and every other one changes it.
locals {
  streams = { progress = ["INSERT", "MODIFY"], results = ["MODIFY"], submissions = ["INSERT"] }
}

resource "aws_lambda_event_source_mapping" "streams" {
  for_each = local.streams

  event_source_arn                   = aws_dynamodb_table.this[each.key].stream_arn
  function_name                      = module.stream.alias_arn
  starting_position                  = "TRIM_HORIZON"
  batch_size                         = 100
  maximum_batching_window_in_seconds = 1
  maximum_retry_attempts             = 10
  bisect_batch_on_function_error     = true
  function_response_types            = ["ReportBatchItemFailures"]
  tags                               = var.tags

  filter_criteria {
    filter {
      pattern = jsonencode({ eventName = each.value })
    }
  }

  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.stream_failures.arn
    }
  }
}

# Standard, not FIFO: stream mappings deliver to nothing else. It holds where in the stream to look, not the records.
resource "aws_sqs_queue" "stream_failures" {
  name                      = "${var.name_prefix}-stream-failures"
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

data "aws_iam_policy_document" "stream_failures" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.stream_failures.arn]

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

resource "aws_sqs_queue_policy" "stream_failures" {
  queue_url = aws_sqs_queue.stream_failures.id
  policy    = data.aws_iam_policy_document.stream_failures.json
}
