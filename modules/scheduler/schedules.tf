locals {
  # What a schedule tells the clock has the form of an event on the bus. Its id differs for each time that the schedule is
  # due, and not for each time that it is delivered.
  schedule_events = {
    for name, schedule in var.schedules : name => {
      source      = "quiz.platform"
      detail-type = "Quiz Control"
      id          = "${name}:<aws.scheduler.scheduled-time>"
      detail = {
        for key, value in { quiz_id = schedule.quiz_id, action = "start", lobby_seconds = schedule.lobby_seconds } :
        key => value if value != null
      }
    }
  }
}

module "sessions" {
  source = "../schedules"

  account_id           = var.account_id
  name_prefix          = var.name_prefix
  group                = "sessions"
  targets              = { Clock = module.clock.alias_arn }
  failures             = aws_sqs_queue.control_failures
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  retry = { seconds = local.control_retry.maximum_event_age_in_seconds, attempts = local.control_retry.maximum_retry_attempts }

  calls = {
    for name, schedule in var.schedules : name => {
      description = "Starts the quiz ${schedule.quiz_id}."
      target      = "Clock"
      expression  = "cron(${schedule.cron})"
      time_zone   = schedule.time_zone
      input       = jsonencode(local.schedule_events[name])
      enabled     = schedule.enabled
    }
  }
}
