output "alarms" {
  description = "What to watch, for the alarms module."
  value       = local.alarms
}

output "arn" {
  description = "The queue, for policies of producers in other accounts."
  value       = aws_sqs_queue.main.arn
}

output "dead_letters_url" {
  description = "Queue of the submissions that were set aside."
  value       = aws_sqs_queue.dead_letters.url
}

output "functions" {
  description = "Names of the functions, by their short name."
  value       = { submissions = module.processor.name }
}

output "grants" {
  description = "Permissions to hand to functions that post submissions themselves."
  value = {
    send = { actions = ["sqs:SendMessage"], resources = [aws_sqs_queue.main.arn] }
  }
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
