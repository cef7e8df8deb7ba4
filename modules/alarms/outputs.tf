output "dashboard_urls" {
  description = "Where the dashboards are, by name: business and mechanics."
  value       = local.dashboard_urls
}

output "dead_letters" {
  description = "Queues of what was set aside, by short name: where they are, and the queues that it can be moved back to."
  value = {
    # Alerts that could not be told. They came from a topic.
    alerts = {
      arn        = aws_sqs_queue.undelivered.arn
      source_arn = null
      source_url = null
      url        = aws_sqs_queue.undelivered.url
    }
  }
}

output "functions" {
  description = "The functions that are watched, by their short name: those of the caller and the module's own."
  value       = local.functions
}

output "grants" {
  description = "Permissions to hand to functions that tell people themselves: grants[\"alerts\"].publish, and grants[\"alerts\"].encrypt beside it."
  value       = local.topic_grants
}

output "names" {
  description = "Names of the alarms, by their short name; those that wake somebody among them, as PILLAR-down."
  value = merge(
    { for name, alarm in aws_cloudwatch_metric_alarm.this : name => alarm.alarm_name },
    { for pillar, alarm in aws_cloudwatch_composite_alarm.outage : "${pillar}-down" => alarm.alarm_name },
    { for pillar, alarm in aws_cloudwatch_composite_alarm.behind_the_platform : "${pillar}-down" => alarm.alarm_name },
  )
}

output "notices_topic_arn" {
  description = "Where people subscribe who want to be told in words; usable only once alarms may publish to it."
  value       = aws_sns_topic.notices.arn
  depends_on  = [aws_sns_topic_policy.notices]
}

output "topic_arn" {
  description = "Where alerts are published; usable only once alarms may publish to it."
  value       = aws_sns_topic.alerts.arn
  depends_on  = [aws_sns_topic_policy.alerts]
}
