# Turns alarms into messages that a person can act on.
module "notify" {
  source = "../function"

  name        = "${var.name_prefix}-notify"
  description = "Tells people of alarms: what is wrong, since when, and where to look."
  package     = var.package
  handler     = "handlers.alarms.notify.handler"
  # All that it asks and tells, each at its slowest and tried twice.
  timeout              = 90
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  # A flood of invocations is told of in the midst of it.
  reserved_concurrency = 5
  failure_queue        = aws_sqs_queue.undelivered

  environment = merge(
    {
      ALERTS_TABLE      = var.state.table
      DASHBOARD_URL     = local.dashboard_urls["mechanics"]
      NAME_PREFIX       = var.name_prefix
      NOTICES_TOPIC_ARN = aws_sns_topic.notices.arn
      RUNBOOK_URL       = var.runbook_url
    },
    { for webhook in local.webhooks : "WEBHOOK_PARAMETER" => webhook.parameter },
  )

  grants = merge(
    {
      # CloudWatch asks for all of them, whichever are named.
      AlarmsDescribe = { actions = ["cloudwatch:DescribeAlarms"], resources = ["*"] }
      AlertsTell     = var.state.grant
      LogsSearch = {
        actions   = ["logs:FilterLogEvents"]
        resources = ["arn:${local.partition}:logs:${local.here}:log-group:/aws/lambda/${var.name_prefix}-*"]
      }
      NoticesEncrypt = local.topic_grants["notices"].encrypt
      NoticesPublish = local.topic_grants["notices"].publish
      # Of a function that crashes, what is tried loses its share (docs/decisions/0016).
      ReleasesTakeBack = {
        actions   = ["lambda:GetAlias", "lambda:UpdateAlias"]
        resources = ["arn:${local.partition}:lambda:${local.here}:function:${var.name_prefix}-*"]
      }
    },
    {
      for webhook in local.webhooks : "WebhookRead" => {
        actions   = ["ssm:GetParameter"]
        resources = ["arn:${local.partition}:ssm:${local.here}:parameter/${trimprefix(webhook.parameter, "/")}"]
      }
    },
    # AWS's own key of SSM is open to whoever may read the parameter; another one has to be named.
    {
      for webhook in local.webhooks : "WebhookDecrypt" => { actions = ["kms:Decrypt"], resources = [webhook.kms_key_arn] }
      if webhook.kms_key_arn != null
    },
  )
}

locals {
  partition = data.aws_partition.current.partition
  here      = "${data.aws_region.current.name}:${var.account_id}"
  webhooks  = var.subscribers.webhook == null ? [] : [var.subscribers.webhook]
}

resource "aws_sns_topic_subscription" "notify" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "lambda"
  endpoint  = module.notify.alias_arn

  # What SNS may not or cannot hand over waits where the rest does that was not told.
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.undelivered.arn })

  depends_on = [aws_lambda_permission.notify, aws_sqs_queue_policy.undelivered]
}

resource "aws_lambda_permission" "notify" {
  statement_id  = "alerts"
  action        = "lambda:InvokeFunction"
  function_name = module.notify.name
  qualifier     = regex("[A-Za-z0-9_-]+$", module.notify.alias_arn)
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.alerts.arn
}

# Alerts that some channel did not take in three tries, with the notification as it came.
resource "aws_sqs_queue" "undelivered" {
  name                      = "${var.name_prefix}-alerts-undelivered"
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

resource "aws_sqs_queue_redrive_allow_policy" "undelivered" {
  queue_url            = aws_sqs_queue.undelivered.id
  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}

data "aws_iam_policy_document" "undelivered" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.undelivered.arn]

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

  # A topic has no role to set aside with; the function has its own.
  statement {
    sid       = "TopicSends"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.undelivered.arn]

    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_sns_topic.alerts.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "undelivered" {
  queue_url = aws_sqs_queue.undelivered.id
  policy    = data.aws_iam_policy_document.undelivered.json
}
