locals {
  function_alarms = {
    clock-errors = {
      description = "The clock crashes or times out: live quizzes stall."
      severity    = "page"
      namespace   = "AWS/Lambda"
      metric      = "Errors"
      statistic   = "Sum"
      dimensions  = { FunctionName = module.clock.name }
      # A single crash is tried again after half a minute; three bad minutes of five are no accident.
      threshold  = 0
      periods    = 5
      datapoints = 3
    }
    triggers-failing = {
      description = "The clock keeps failing on wishes or timers: their games stand still."
      severity    = "page"
      namespace   = "QuizPlatform"
      metric      = "BatchItemFailures"
      statistic   = "Sum"
      dimensions  = { service = module.clock.name }
      # Lambda counts a partial failure as a success. A trigger is tried for three minutes; after two it heals no more by itself.
      threshold  = 0
      periods    = 3
      datapoints = 2
    }
    broadcast-refused = {
      description = "API Gateway refuses what is posted to players: they do not hear of what happens."
      severity    = "page"
      namespace   = "QuizPlatform"
      metric      = "BroadcastFailed"
      statistic   = "Sum"
      dimensions  = { service = module.broadcast.name }
      # Connections that are gone or throttled do not count, and the function goes on; so this metric alone shows it.
      threshold  = 10
      periods    = 3
      datapoints = 2
    }
    broadcast-errors = {
      description = "The broadcast function crashes or times out: players hear late of what happens, or twice."
      severity    = "ticket"
      namespace   = "AWS/Lambda"
      metric      = "Errors"
      statistic   = "Sum"
      dimensions  = { FunctionName = module.broadcast.name }
      # A connection that is gone, throttled or refused is no error, so each of these is a defect; jobs-late wakes somebody.
      threshold  = 0
      periods    = 5
      datapoints = 3
    }
  }

  schedule_alarms = {
    schedules-dropped = {
      description = "A scheduled quiz was not started and will not be."
      severity    = "page"
      namespace   = "AWS/Scheduler"
      metric      = "InvocationDroppedCount"
      statistic   = "Sum"
      dimensions  = { ScheduleGroup = aws_scheduler_schedule_group.sessions.name }
      # Each is a session that people came for.
      threshold  = 0
      periods    = 1
      datapoints = 1
    }
    schedules-failing = {
      description = "Schedules cannot call the clock; they try for five minutes."
      severity    = "ticket"
      namespace   = "AWS/Scheduler"
      metric      = "TargetErrorCount"
      statistic   = "Sum"
      dimensions  = { ScheduleGroup = aws_scheduler_schedule_group.sessions.name }
      # One that succeeds when tried again is worth a look by day; the others wake somebody through schedules-dropped.
      threshold  = 0
      periods    = 1
      datapoints = 1
    }
  }
}
