module "intake" {
  source = "../function"

  name                 = "${var.name_prefix}-intake"
  description          = "Records whatever is sent to it, and once a day an event of its own."
  package              = var.package
  handler              = "handlers.intake.ledger.handler"
  timeout              = 10
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  # For the daily event alone: who sends a request is told whether it was recorded.
  failure_queue = aws_sqs_queue.failures

  environment = merge(var.environment, { KEEP_DAYS = tostring(var.keep_days) })
  grants      = var.grants
}
