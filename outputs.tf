output "alerts_topic_arn" {
  description = "Where alerts are published."
  value       = module.alarms.topic_arn
}

output "event_bus_name" {
  description = "Bus on which results are announced."
  value       = aws_cloudwatch_event_bus.main.name
}

output "functions" {
  description = "Names of the functions, by their short name."
  value       = merge(module.queue.functions, module.tables.functions)
}

output "region" {
  description = "Region that the environment lives in."
  value       = var.region
}

output "stream_failures_queue_url" {
  description = "Queue of the stream batches that could not be announced."
  value       = module.tables.stream_failures_url
}

output "submissions_dlq_url" {
  description = "Queue of the submissions that were set aside."
  value       = module.queue.dead_letters_url
}

output "submissions_queue_arn" {
  description = "The queue's ARN, for policies of producers in other accounts."
  value       = module.queue.arn
}

output "submissions_queue_url" {
  description = "Where an LMS posts submissions."
  value       = module.queue.url
}

output "tables" {
  description = "Names of the tables, by their short name."
  value       = module.tables.names
}
