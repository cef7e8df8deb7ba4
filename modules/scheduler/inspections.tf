locals {
  # What this module has to be looked at itself.
  own_queues = { for name, queue in aws_sqs_queue.main : name => { url = queue.url, arn = queue.arn } }
  own_dead_letters = merge(
    { for name, queue in aws_sqs_queue.dead_letters : name => { url = queue.url, arn = queue.arn } },
    {
      control     = { url = aws_sqs_queue.control_failures.url, arn = aws_sqs_queue.control_failures.arn }
      inspections = { url = aws_sqs_queue.inspection_failures.url, arn = aws_sqs_queue.inspection_failures.arn }
    },
  )

  watched_queues       = merge(local.own_queues, var.health.queues)
  watched_dead_letters = merge(local.own_dead_letters, var.health.dead_letters)
}

module "health" {
  source = "../function"

  name                 = "${var.name_prefix}-health"
  description          = "Looks at queues, tables and the cache, sends a canary, and tells people what is wrong."
  package              = var.package
  handler              = "handlers.scheduler.health.handler"
  timeout              = 60
  memory_size          = 1024
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  failure_queue = aws_sqs_queue.inspection_failures

  environment = merge(
    var.health.environment,
    { for name, queue in local.watched_queues : "${upper(name)}_QUEUE_URL" => queue.url },
    { for name, queue in local.watched_dead_letters : "${upper(name)}_DEAD_LETTERS_URL" => queue.url },
    { ALERTS_TOPIC_ARN = var.health.alerts.arn, HEALTH_THRESHOLDS = jsonencode(var.health.thresholds) },
  )

  grants = merge(var.health.grants, {
    AlertsPublish = var.health.alerts.grant
    # How old messages are is known to CloudWatch alone.
    MetricsRead = { actions = ["cloudwatch:GetMetricData"], resources = ["*"] }
    QueuesLook = {
      actions   = ["sqs:GetQueueAttributes"]
      resources = [for queue in concat(values(local.watched_queues), values(local.watched_dead_letters)) : queue.arn]
    }
  })
}

module "reconcile" {
  source = "../function"

  name                 = "${var.name_prefix}-reconcile"
  description          = "Compares samples of results with what they were made from, what was announced of them and the leaderboards."
  package              = var.package
  handler              = "handlers.scheduler.reconcile.handler"
  timeout              = 120
  memory_size          = 1024
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  failure_queue = aws_sqs_queue.inspection_failures

  environment = var.reconcile.environment
  grants      = var.reconcile.grants
}

# Runs that never began, and those that failed three times.
resource "aws_sqs_queue" "inspection_failures" {
  name                      = "${var.name_prefix}-inspection-failures"
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

resource "aws_sqs_queue_redrive_allow_policy" "inspection_failures" {
  queue_url            = aws_sqs_queue.inspection_failures.id
  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}
