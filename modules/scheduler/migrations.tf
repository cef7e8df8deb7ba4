# 0.5: a loop is the business of the module that needs it.
moved {
  from = module.broadcast.aws_lambda_function_recursion_config.this[0]
  to   = aws_lambda_function_recursion_config.this["broadcast"]
}

moved {
  from = module.clock.aws_lambda_function_recursion_config.this[0]
  to   = aws_lambda_function_recursion_config.this["clock"]
}

# Schedules have got a module of their own. Their roles have other names there and are made anew.
moved {
  from = aws_scheduler_schedule_group.sessions
  to   = module.sessions.aws_scheduler_schedule_group.this
}

moved {
  from = aws_scheduler_schedule.sessions
  to   = module.sessions.aws_scheduler_schedule.this
}

moved {
  from = aws_scheduler_schedule_group.inspections
  to   = module.inspections.aws_scheduler_schedule_group.this
}

moved {
  from = aws_scheduler_schedule.inspections
  to   = module.inspections.aws_scheduler_schedule.this
}
