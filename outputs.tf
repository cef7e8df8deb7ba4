output "access_logs_bucket" {
  description = "Name of the bucket that S3 logs accesses to the other buckets in."
  value       = module.access_logs.name
}

output "alerts_topic_arn" {
  description = "Where alerts are published."
  value       = module.alarms.topic_arn
}

output "custom_domain_target" {
  description = "Where the DNS record of the custom domain has to point, if there is one."
  value       = module.api.custom_domain_target
}

output "dashboard_urls" {
  description = "Where the dashboards are: business for how quizzes go, mechanics for how the machinery does."
  value       = module.alarms.dashboard_urls
}

output "dead_letters" {
  description = "Queues of what was set aside, by short name: where they are, and the queues that it can be moved back to."
  value = merge(
    module.alarms.dead_letters,
    module.cache.dead_letters,
    module.intake.dead_letters,
    module.queue.dead_letters,
    module.scheduler.dead_letters,
    module.tables.dead_letters,
  )
}

output "event_bus_name" {
  description = "Bus on which results are announced."
  value       = aws_cloudwatch_event_bus.main.name
}

output "functions" {
  description = "Names of the functions, by their short name."
  value       = { for short, function in module.alarms.functions : short => function.name }
}

output "http_api_id" {
  description = "The HTTP API, for those that compose its address themselves."
  value       = module.api.http_api_id
}

output "http_api_url" {
  description = "Where clients call the API, without a slash at the end."
  value       = module.api.http_api_url
}

output "media_bucket" {
  description = "Name of the bucket of pictures and sounds."
  value       = module.api.media_bucket
}

output "notices_topic_arn" {
  description = "Where people subscribe who want to be told of alerts in words."
  value       = module.alarms.notices_topic_arn
}

output "region" {
  description = "Region that the environment lives in."
  value       = var.region
}

output "results_bucket" {
  description = "Name of the bucket that results are exported to."
  value       = module.tables.results_bucket
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
