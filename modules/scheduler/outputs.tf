output "alarms" {
  description = "What to watch, for the alarms module."
  value       = local.alarms
}

output "dead_letters_urls" {
  description = "Queues of what was set aside: triggers, jobs, and control for events that never reached the clock."
  value = merge(
    { for name, queue in aws_sqs_queue.dead_letters : name => queue.url },
    { control = aws_sqs_queue.control_failures.url },
  )
}

output "functions" {
  description = "Names of the functions, by their short name."
  value       = { broadcast = module.broadcast.name, clock = module.clock.name }
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
