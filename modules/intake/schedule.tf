locals {
  # It has the form of an event on the bus. Its id is that of the day, not of the delivery: what comes twice is one line.
  daily_record = {
    id          = "daily-record:<aws.scheduler.scheduled-time>"
    source      = "quiz.platform"
    detail-type = "Daily Record"
    time        = "<aws.scheduler.scheduled-time>"
  }
}

module "schedules" {
  source = "../schedules"

  account_id           = var.account_id
  name_prefix          = var.name_prefix
  group                = "intake"
  targets              = { Intake = module.intake.alias_arn }
  failures             = aws_sqs_queue.failures
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  # Nobody waits for it, and a late line bears the time that it was due.
  retry = { seconds = 3600, attempts = 30 }

  calls = {
    daily-record = {
      description = "Leaves a line in the ledger each day."
      target      = "Intake"
      expression  = "cron(${var.schedule.cron})"
      time_zone   = var.schedule.time_zone
      input       = jsonencode(local.daily_record)
    }
  }
}
