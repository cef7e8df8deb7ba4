output "alarms" {
  description = "What to watch, for the alarms module."
  value       = local.alarms
}

output "dead_letters" {
  description = "Queues of what was set aside, by short name: where they are, and the queues that it can be moved back to."
  value = merge(
    {
      for name, queue in aws_sqs_queue.dead_letters : name => {
        arn        = queue.arn
        source_arn = aws_sqs_queue.main[name].arn
        source_url = aws_sqs_queue.main[name].url
        url        = queue.url
      }
    },
    {
      # Events of the bus and of the schedules. They came from no queue.
      control = {
        arn        = aws_sqs_queue.control_failures.arn
        source_arn = null
        source_url = null
        url        = aws_sqs_queue.control_failures.url
      }
      # Runs of the health check and of the reconciliation.
      inspections = {
        arn        = aws_sqs_queue.inspection_failures.arn
        source_arn = null
        source_url = null
        url        = aws_sqs_queue.inspection_failures.url
      }
    },
  )
}

output "functions" {
  description = "The functions, by their short name, for the alarms module."
  value = {
    broadcast = module.broadcast.watch
    clock     = module.clock.watch
    health    = module.health.watch
    reconcile = module.reconcile.watch
  }
}

output "jobs" {
  description = "The queue of the broadcast workers and the grant to send to it; usable only once they listen."
  value       = { url = aws_sqs_queue.main["jobs"].url, grant = local.queue_grants["jobs"].send }
  depends_on = [
    aws_lambda_event_source_mapping.jobs,
    aws_sqs_queue_policy.queues,
    aws_sqs_queue_redrive_allow_policy.dead_letters,
  ]
}

output "queues" {
  description = "Names of the queues, by their short name."
  value = merge(
    { for name, queue in aws_sqs_queue.main : name => queue.name },
    { for name, queue in aws_sqs_queue.dead_letters : "${name}-dlq" => queue.name },
    { control-failures = aws_sqs_queue.control_failures.name, inspection-failures = aws_sqs_queue.inspection_failures.name },
  )
}

output "triggers" {
  description = "The queue of wishes and timers and the grant to send to it; usable only once the clock listens."
  value = {
    arn   = aws_sqs_queue.main["triggers"].arn
    url   = aws_sqs_queue.main["triggers"].url
    grant = local.queue_grants["triggers"].send
  }
  depends_on = [
    aws_lambda_event_source_mapping.triggers,
    aws_sqs_queue_policy.queues,
    aws_sqs_queue_redrive_allow_policy.dead_letters,
  ]
}

output "winners_topic_arn" {
  description = "Where the best of each game are announced; usable only once it refuses strangers."
  value       = aws_sns_topic.winners.arn
  depends_on  = [aws_sns_topic_policy.winners]
}
