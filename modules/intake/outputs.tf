output "alarms" {
  description = "What to watch, for the alarms module."
  value       = local.alarms
}

output "dead_letters" {
  description = "Queues of what was set aside, by short name: where they are, and the queues that it can be moved back to."
  value = {
    intake = {
      arn        = aws_sqs_queue.failures.arn
      source_arn = null
      source_url = null
      url        = aws_sqs_queue.failures.url
    }
  }
}

output "functions" {
  description = "The functions, by their short name, for the alarms module."
  value       = { intake = module.intake.watch }
}

output "queues" {
  description = "Names of the queues, by their short name."
  value       = { intake-failures = aws_sqs_queue.failures.name }
}

output "route" {
  description = "The function that records requests, for routes of an API; usable only once it may write."
  value       = { name = module.intake.name, alias_arn = module.intake.alias_arn }
}
