output "alerts_topic_arn" {
  description = "Where alerts are published."
  value       = module.alarms.topic_arn
}

output "custom_domain_target" {
  description = "Where the DNS record of the custom domain has to point, if there is one."
  value       = module.api.custom_domain_target
}

output "event_bus_name" {
  description = "Bus on which results are announced."
  value       = aws_cloudwatch_event_bus.main.name
}

output "functions" {
  description = "Names of the functions, by their short name."
  value       = merge(module.api.functions, module.cache.functions, module.queue.functions, module.scheduler.functions, module.tables.functions)
}

output "http_api_id" {
  description = "The HTTP API, for those that compose its address themselves."
  value       = module.api.http_api_id
}

output "http_api_url" {
  description = "Where clients call the API, without a slash at the end."
  value       = module.api.http_api_url
}

output "live_dead_letters_urls" {
  description = "Queues of what was set aside of live quizzes: triggers, jobs, and control for events that never reached the clock."
  value       = module.scheduler.dead_letters_urls
}

output "media_bucket" {
  description = "Name of the bucket of pictures and sounds."
  value       = module.api.media_bucket
}

output "projector_failures_queue_url" {
  description = "Queue of the stream batches that could not be brought into the cache."
  value       = module.cache.failures_url
}

output "region" {
  description = "Region that the environment lives in."
  value       = var.region
}

output "results_bucket" {
  description = "Name of the bucket that results are exported to."
  value       = module.tables.results_bucket
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

output "user_pool_client_id" {
  description = "What clients sign in with."
  value       = module.api.user_pool_client_id
}

output "user_pool_id" {
  description = "Who the users are."
  value       = module.api.user_pool_id
}

output "websocket_api_id" {
  description = "The WebSocket API, for those that compose its address themselves."
  value       = module.api.websocket.api_id
}

output "websocket_domain_target" {
  description = "Where the DNS record of the WebSocket API's custom domain has to point, if there is one."
  value       = module.api.websocket_domain_target
}

output "websocket_url" {
  description = "Where clients of live quizzes connect."
  value       = module.api.websocket.url
}

output "winners_topic_arn" {
  description = "Where the best of each live quiz are announced."
  value       = module.scheduler.winners_topic_arn
}
