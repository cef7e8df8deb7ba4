locals {
  function_alarms = {
    clock-failing = {
      description = "The clock crashes or times out: live quizzes stall."
      reason      = "A single crash is tried again after half a minute; three bad minutes of five are no accident."
      severity    = "page"
      pillar      = "live"
      namespace   = "AWS/Lambda"
      metric      = "Errors"
      statistic   = "Sum"
      dimensions  = { FunctionName = module.clock.name }
      threshold   = 0
      periods     = 5
      datapoints  = 3
    }
    triggers-failing = {
      description = "The clock keeps failing on wishes or timers: their games stand still."
      reason      = "Lambda counts a partial failure as a success, so this metric alone shows it. A trigger is tried for three minutes; after two it heals no more by itself."
      severity    = "page"
      pillar      = "live"
      namespace   = "QuizPlatform"
      metric      = "BatchItemFailures"
      statistic   = "Sum"
      dimensions  = { service = module.clock.name }
      threshold   = 0
      periods     = 3
      datapoints  = 2
    }
    broadcast-refused = {
      description = "API Gateway refuses what is posted to players: they do not hear of what happens."
      reason      = "Connections that are gone or throttled do not count, and the function goes on, so this metric alone shows it."
      severity    = "page"
      pillar      = "live"
      namespace   = "QuizPlatform"
      metric      = "BroadcastFailed"
      statistic   = "Sum"
      dimensions  = { service = module.broadcast.name }
      threshold   = 10
      periods     = 3
      datapoints  = 2
    }
  }

  control_alarms = {
    control-rejected = {
      description = "Events ask of the clock what it cannot do: an unknown quiz or action."
      reason      = "Whoever sent it is not told, and a quiz that should begin does not; one is enough to find out who."
      severity    = "ticket"
      pillar      = "live"
      namespace   = "QuizPlatform"
      metric      = "ControlRejected"
      statistic   = "Sum"
      dimensions  = { service = module.clock.name }
      threshold   = 0
      periods     = 1
      datapoints  = 1
    }
    control-failing = {
      description = "The bus cannot hand its events to the clock."
      reason      = "Each was tried for five minutes and set aside, which wakes somebody; this tells that it is the bus and not the clock."
      severity    = "ticket"
      pillar      = "live"
      namespace   = "AWS/Events"
      metric      = "FailedInvocations"
      statistic   = "Sum"
      dimensions  = { EventBusName = var.event_bus.name, RuleName = aws_cloudwatch_event_rule.control.name }
      threshold   = 0
      periods     = 1
      datapoints  = 1
      functions   = [module.clock.name]
    }
    schedules-dropped = {
      description = "A scheduled quiz was not started and will not be."
      reason      = "Each is a session that people came for."
      severity    = "page"
      pillar      = "live"
      namespace   = "AWS/Scheduler"
      metric      = "InvocationDroppedCount"
      statistic   = "Sum"
      dimensions  = { ScheduleGroup = module.sessions.group }
      threshold   = 0
      periods     = 1
      datapoints  = 1
      functions   = [module.clock.name]
    }
    schedules-failing = {
      description = "Schedules cannot call the clock; they try for five minutes."
      reason      = "One that succeeds when tried again is worth a look by day; the others wake somebody through schedules-dropped."
      severity    = "ticket"
      pillar      = "live"
      namespace   = "AWS/Scheduler"
      metric      = "TargetErrorCount"
      statistic   = "Sum"
      dimensions  = { ScheduleGroup = module.sessions.group }
      threshold   = 0
      periods     = 1
      datapoints  = 1
      functions   = [module.clock.name]
    }
  }
}
