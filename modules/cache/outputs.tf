output "alarms" {
  description = "What to watch, for the alarms module."
  value       = local.alarms
}

output "endpoint" {
  description = "The cache: host, port and whether it speaks TLS."
  value       = local.endpoint
}

output "failures_url" {
  description = "Queue of the stream batches that could not be brought into the cache."
  value       = aws_sqs_queue.projector_failures.url
}

output "functions" {
  description = "Names of the functions, by their short name."
  value       = { leaderboard = module.leaderboard.name, projector = module.projector.name }
}

output "leaderboard" {
  description = "The function that answers GET /leaderboard/{quiz_id}, for a route; usable only once it reaches the cache and the tables."
  value       = { name = module.leaderboard.name, alias_arn = module.leaderboard.alias_arn }
  depends_on  = [aws_vpc_security_group_ingress_rule.cache]
}

output "security_group_ids" {
  description = "The group of the functions, for a cache of yours to let in, and the group of the cache."
  value       = { cache = local.cache_group_id, functions = aws_security_group.functions.id }
}
