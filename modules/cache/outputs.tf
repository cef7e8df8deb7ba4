output "alarms" {
  description = "What to watch, for the alarms module."
  value       = local.alarms
}

output "dead_letters" {
  description = "Queues of what was set aside, by short name: where they are, and the queues that it can be moved back to."
  value = {
    # Batches of the stream that could not be brought into the cache. Only a place in it, so nothing can be moved back.
    projector = {
      arn        = aws_sqs_queue.projector_failures.arn
      source_arn = null
      source_url = null
      url        = aws_sqs_queue.projector_failures.url
    }
  }
}

output "endpoint" {
  description = "The cache: host, port and whether it speaks TLS."
  value       = local.endpoint
}

output "functions" {
  description = "The functions, by their short name, for the alarms module."
  value = {
    leaderboard = module.leaderboard.watch
    # Its mapping sets aside what failed, as an asynchronous invocation would.
    projector = merge(module.projector.watch, { asynchronous = true })
  }
}

output "leaderboard" {
  description = "The function that answers GET /leaderboard/{quiz_id}, for a route; usable only once it reaches the cache and the tables."
  value       = { name = module.leaderboard.name, alias_arn = module.leaderboard.alias_arn }
  depends_on  = [aws_vpc_security_group_ingress_rule.cache]
}

output "nodes" {
  description = "Names of the cache's nodes; none of a cache of yours."
  value       = [for node in local.nodes : "${local.cache_name}-${node}"]
}

output "queues" {
  description = "Names of the queues, by their short name."
  value       = { projector-failures = aws_sqs_queue.projector_failures.name }
}

output "security_group_ids" {
  description = "The group of the functions, for a cache of yours to let in, and the group of the cache."
  value       = { cache = local.cache_group_id, functions = aws_security_group.functions.id }
}
