# What the health check and the reconciliation measure, and whether they run at all: a check that stopped finds nothing.
locals {
  inspections = {
    health    = { service = "${var.name_prefix}-health" }
    reconcile = { service = "${var.name_prefix}-reconcile" }
  }

  check_alarms = {
    health-silent = {
      description  = "The health check has not run for 15 minutes: nobody would learn what else is wrong."
      reason       = "It runs every five minutes; three runs in a row do not fail for nothing. What is missing becomes a zero, which CloudWatch notices sooner than silence."
      severity     = "ticket"
      expression   = "FILL(checked, 0)"
      metrics      = { checked = { namespace = "QuizPlatform", metric = "HealthChecked", statistic = "Sum", dimensions = local.inspections.health } }
      threshold    = 1
      comparison   = "LessThanThreshold"
      missing_data = "breaching"
      period       = 300
      periods      = 3
      datapoints   = 3
    }
    checks-failing = {
      description = "The health check finds something that is not as it should be."
      reason      = "What it found it has told already, with numbers; this stays until all is well. One run of three may meet a hiccup."
      severity    = "ticket"
      namespace   = "QuizPlatform"
      metric      = "ChecksFailed"
      statistic   = "Sum"
      dimensions  = local.inspections.health
      threshold   = 0
      period      = 300
      periods     = 3
      datapoints  = 2
    }
    canary-failing = {
      description = "A submission that the platform posts itself is not scored, or wrongly."
      reason      = "Those of students take the same way. A cold start or a release may cost one run of three, not two."
      severity    = "page"
      pillar      = "submissions"
      namespace   = "QuizPlatform"
      metric      = "CanaryFailed"
      statistic   = "Sum"
      dimensions  = local.inspections.health
      threshold   = 0
      period      = 300
      periods     = 3
      datapoints  = 2
      functions   = ["${var.name_prefix}-submissions"]
    }
  }

  drift_alarms = {
    scores-drifted = {
      description = "Stored scores differ from what the stored answers are worth."
      reason      = "Each is computed again from the same answers by the same rules, so that one is a defect, or a table that somebody changed."
      metric      = "ScoreDrift"
      functions   = ["${var.name_prefix}-submissions", "${var.name_prefix}-http"]
    }
    leaderboards-drifted = {
      description = "Leaderboards in the cache differ from the scores in the table."
      reason      = "Players who answer at that moment do not count, so that one is a board that will not heal by itself."
      metric      = "LeaderboardDrift"
      functions   = ["${var.name_prefix}-projector", "${var.name_prefix}-leaderboard"]
    }
    results-unannounced = {
      description = "Results are stored that no event told of."
      reason      = "What is still on its way does not count, so that one is a result that no listener will hear of."
      metric      = "UnannouncedResults"
      functions   = ["${var.name_prefix}-stream"]
    }
  }

  reconciliation_alarms = merge(
    {
      for name, alarm in local.drift_alarms : name => merge(alarm, {
        severity   = "ticket"
        namespace  = "QuizPlatform"
        statistic  = "Sum"
        dimensions = local.inspections.reconcile
        threshold  = 0
        # As long as from one run to the next, so that it stays until a run finds nothing.
        period     = local.reconcile_period
        periods    = 1
        datapoints = 1
      })
    },
    {
      reconciliation-silent = {
        description  = "The reconciliation does not run: nobody would learn that scores differ."
        reason       = "It runs every ${var.reconcile.hours == 1 ? "hour" : "${var.reconcile.hours} hours"} and always tells how many results it looked at, even none; two runs in a row do not fail for nothing."
        severity     = "ticket"
        expression   = "FILL(runs, 0)"
        metrics      = { runs = { namespace = "QuizPlatform", metric = "ResultsReconciled", statistic = "SampleCount", dimensions = local.inspections.reconcile } }
        threshold    = 1
        comparison   = "LessThanThreshold"
        missing_data = "breaching"
        period       = local.reconcile_period
        periods      = 2
        datapoints   = 2
      }
    },
  )

  # Seconds from one run to the next.
  reconcile_period = 3600 * var.reconcile.hours

  inspection_alarms = {
    inspections-dropped = {
      description = "Scheduler gave up on starting the health check or the reconciliation."
      reason      = "One run is made up for by the next; if none comes, health-silent tells. This tells which of the two it is."
      severity    = "ticket"
      namespace   = "AWS/Scheduler"
      metric      = "InvocationDroppedCount"
      statistic   = "Sum"
      dimensions  = { ScheduleGroup = module.inspections.group }
      threshold   = 0
      periods     = 1
      datapoints  = 1
      functions   = values(local.inspections)[*].service
    }
    inspections-failures-not-empty = {
      description = "The health check or the reconciliation crashed three times in a row, or was never started."
      reason      = "Whatever goes wrong in what they look at is told and no crash, so that one is a defect of their own."
      severity    = "ticket"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.inspection_failures.name }
      threshold   = 0
      periods     = 1
      datapoints  = 1
      functions   = values(local.inspections)[*].service
    }
  }

  health_alarms = merge(local.check_alarms, local.reconciliation_alarms, local.inspection_alarms)
}
