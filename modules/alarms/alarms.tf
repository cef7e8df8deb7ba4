locals {
  # What callers may leave out is left out in here, too.
  defaults = {
    pillar       = null
    namespace    = null
    metric       = null
    statistic    = null
    dimensions   = {}
    expression   = null
    metrics      = {}
    comparison   = "GreaterThanThreshold"
    period       = 60
    missing_data = "notBreaching"
    runbook      = null
    functions    = []
    direct       = false
  }

  alarms = merge(var.alarms, { for name, alarm in merge(local.function_alarms, local.own_alarms) : name => merge(local.defaults, alarm) })

  # Whose logs tell more: the functions that an alarm names, and those that its metrics belong to.
  logs = {
    for name, alarm in local.alarms : name => sort(distinct(concat(alarm.functions, flatten([
      for dimensions in concat([alarm.dimensions], values(alarm.metrics)[*].dimensions) : [
        for key, value in dimensions : value if contains(["FunctionName", "service"], key)
      ]
    ]))))
  }

  # Whoever is alerted reads this first, and the notify function reads it line by line.
  descriptions = {
    for name, alarm in local.alarms : name => join("\n", concat(
      [alarm.description, "Why: ${alarm.reason}", "Severity: ${alarm.severity}"],
      alarm.pillar == null ? [] : ["Pillar: ${alarm.pillar}"],
      ["Runbook: ${var.runbook_url}/${coalesce(alarm.runbook, name)}.md"],
      length(local.logs[name]) == 0 ? [] : ["Logs: ${join(", ", local.logs[name])}"],
    ))
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name        = "${var.name_prefix}-${each.key}"
  alarm_description = local.descriptions[each.key]

  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.expression == null ? each.value.dimensions : null
  statistic           = can(regex("^p", each.value.statistic)) ? null : each.value.statistic
  period              = each.value.expression == null ? each.value.period : null
  evaluation_periods  = each.value.periods
  datapoints_to_alarm = each.value.datapoints
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  treat_missing_data  = each.value.missing_data

  extended_statistic = can(regex("^p", each.value.statistic)) ? each.value.statistic : null
  # Too few to tell, by CloudWatch's rule (1,000 for p99), change nothing. An expression can have a rule of its own.
  evaluate_low_sample_count_percentiles = can(regex("^p", each.value.statistic)) ? "ignore" : null

  dynamic "metric_query" {
    for_each = each.value.metrics

    content {
      id          = metric_query.key
      return_data = false

      metric {
        namespace   = metric_query.value.namespace
        metric_name = metric_query.value.metric
        dimensions  = metric_query.value.dimensions
        stat        = metric_query.value.statistic
        period      = each.value.period
      }
    }
  }

  dynamic "metric_query" {
    for_each = each.value.expression == null ? [] : [each.value.expression]

    content {
      id          = "result"
      label       = each.key
      expression  = metric_query.value
      return_data = true
    }
  }

  # A page is told by the alarm of its pillar, so that one outage is one page. Of the end of a ticket nobody is told.
  alarm_actions = each.value.severity == "page" ? [] : [each.value.direct ? aws_sns_topic.notices.arn : aws_sns_topic.alerts.arn]
  tags          = var.tags

  lifecycle {
    precondition {
      condition     = length(local.descriptions[each.key]) <= 1024
      error_message = "CloudWatch takes descriptions of 1,024 characters: with its reason, its runbook's address and its functions, that of ${each.key} has ${length(local.descriptions[each.key])}."
    }
  }
}
