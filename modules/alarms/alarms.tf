resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = var.alarms

  alarm_name = "${var.name_prefix}-${each.key}"
  alarm_description = join("\n", [
    each.value.description,
    "Severity: ${each.value.severity}",
    "Runbook: ${var.runbook_url}/${coalesce(each.value.runbook, each.key)}.md",
  ])

  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = startswith(each.value.statistic, "p") ? null : each.value.statistic
  period              = each.value.period
  evaluation_periods  = each.value.periods
  datapoints_to_alarm = each.value.datapoints
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  treat_missing_data  = each.value.missing_data

  extended_statistic = startswith(each.value.statistic, "p") ? each.value.statistic : null
  # The slowest of ten requests at night is no p99.
  evaluate_low_sample_count_percentiles = startswith(each.value.statistic, "p") ? "ignore" : null

  alarm_actions = [aws_sns_topic.alerts.arn]
  # The end of an emergency is news; the end of a ticket is not.
  ok_actions = each.value.severity == "page" ? [aws_sns_topic.alerts.arn] : []
  tags       = var.tags
}
