# Schedules have got a module of their own. The role and the daily record have other names there and are made anew.
moved {
  from = aws_scheduler_schedule_group.intake
  to   = module.schedules.aws_scheduler_schedule_group.this
}
