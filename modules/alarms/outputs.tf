output "names" {
  description = "Names of the alarms, by their short name."
  value       = { for name, alarm in aws_cloudwatch_metric_alarm.this : name => alarm.alarm_name }
}

output "topic_arn" {
  description = "Where alerts are published; usable only once alarms may publish to it."
  value       = aws_sns_topic.alerts.arn
  depends_on  = [aws_sns_topic_policy.alerts]
}
