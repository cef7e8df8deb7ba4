# With this memory comes one whole processor; with this time, a game of 100,000 players is restored.
module "projector" {
  source = "../function"

  name                 = "${var.name_prefix}-projector"
  description          = "Carries the totals of live quizzes from the participants' stream into the cache."
  package              = var.package
  handler              = "handlers.cache.projector.handler"
  timeout              = 60
  memory_size          = 1769
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
  vpc                  = local.placement
  environment          = local.connection["projector"].environment

  grants = merge(var.projector_grants, local.connection["projector"].grants, {
    FailuresSend = { actions = ["sqs:SendMessage"], resources = [aws_sqs_queue.projector_failures.arn] }
    StreamRead   = var.participants_stream.grant
  })
}

locals {
  placement = { subnet_ids = local.network.subnet_ids, security_group_ids = [aws_security_group.functions.id] }
}

# From the oldest record on: totals are absolute, so what is known already changes nothing. A cache that is away for some
# minutes is waited for; a record that alone cannot be projected is found by halving its batch, and set aside.
resource "aws_lambda_event_source_mapping" "participants" {
  event_source_arn                   = var.participants_stream.arn
  function_name                      = module.projector.alias_arn
  starting_position                  = "TRIM_HORIZON"
  batch_size                         = var.projection.batch_size
  maximum_batching_window_in_seconds = var.projection.window_seconds
  parallelization_factor             = var.projection.parallelization
  maximum_retry_attempts             = var.projection.max_retries
  maximum_record_age_in_seconds      = var.projection.max_age_seconds
  bisect_batch_on_function_error     = true
  function_response_types            = ["ReportBatchItemFailures"]
  tags                               = var.tags

  # Players. What else the table may hold has no place on a board, and a player who was removed has left it already.
  filter_criteria {
    filter {
      pattern = jsonencode({ eventName = ["INSERT", "MODIFY"], dynamodb = { NewImage = { game_shard = { S = [{ exists = true }] } } } })
    }
  }

  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.projector_failures.arn
    }
  }

  depends_on = [aws_vpc_security_group_ingress_rule.cache]
}

# Standard, not FIFO: stream mappings deliver to nothing else. It holds where in the stream to look, not the records.
resource "aws_sqs_queue" "projector_failures" {
  name                      = "${var.name_prefix}-projector-failures"
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

data "aws_iam_policy_document" "projector_failures" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.projector_failures.arn]

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

resource "aws_sqs_queue_policy" "projector_failures" {
  queue_url = aws_sqs_queue.projector_failures.id
  policy    = data.aws_iam_policy_document.projector_failures.json
}
