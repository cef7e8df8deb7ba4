# A group of their own: what is dropped here is no session that people came for.
module "inspections" {
  source = "../schedules"

  account_id           = var.account_id
  name_prefix          = var.name_prefix
  group                = "inspections"
  targets              = { Health = module.health.alias_arn, Reconcile = module.reconcile.alias_arn }
  failures             = aws_sqs_queue.inspection_failures
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  # By then the next check is due.
  retry = { seconds = 300, attempts = 5 }

  calls = {
    health = {
      description = "Looks at everything."
      target      = "Health"
      expression  = "rate(5 minutes)"
    }
    reconcile = {
      description = "Compares what belongs together."
      target      = "Reconcile"
      expression  = var.reconcile.hours == 1 ? "rate(1 hour)" : "rate(${var.reconcile.hours} hours)"
    }
  }
}
