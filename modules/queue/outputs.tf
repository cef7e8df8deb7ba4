output "alarms" {
  description = "What to watch, for the alarms module."
  value       = local.alarms
}

output "arn" {
  description = "The queue, for policies of producers in other accounts."
  value       = aws_sqs_queue.main.arn
}

output "dead_letters" {
  description = "Queues of what was set aside, by short name: where they are, and the queues that it can be moved back to."
  value = {
    submissions = {
      arn        = aws_sqs_queue.dead_letters.arn
      source_arn = aws_sqs_queue.main.arn
      source_url = aws_sqs_queue.main.url
      url        = aws_sqs_queue.dead_letters.url
    }
  }
}

output "functions" {
  description = "The functions, by their short name, for the alarms module."
  value       = { submissions = module.processor.watch }
}

output "grants" {
  description = "Permissions to hand to functions that post submissions themselves."
  value = {
    send = { actions = ["sqs:SendMessage"], resources = [aws_sqs_queue.main.arn] }
  }
}

output "queues" {
  description = "Names of the queues, by their short name."
  value       = { submissions = aws_sqs_queue.main.name, submissions-dlq = aws_sqs_queue.dead_letters.name }
}

output "url" {
  description = "Where producers post; usable only once posts are processed and failures set aside."
  value       = aws_sqs_queue.main.url
  depends_on = [
    aws_lambda_event_source_mapping.submissions,
    aws_sqs_queue_policy.main,
    aws_sqs_queue_redrive_allow_policy.dead_letters,
  ]
}
