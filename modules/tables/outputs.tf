output "alarms" {
  description = "What to watch, for the alarms module."
  value       = local.alarms
}

output "functions" {
  description = "Names of the functions, by their short name."
  value       = { stream = module.stream.name }
}

output "grants" {
  description = "Permissions to hand to functions: grants[table][use], as in grants[\"questions\"].read; grants[\"reports\"] for files of live quizzes."
  value       = merge(local.grants, { reports = local.folder_grants["reports"] })
}

output "names" {
  description = "Names of the tables, by their short name."
  value       = { for name, table in aws_dynamodb_table.this : name => table.name }
}

output "participants_stream" {
  description = "What happens to players of live quizzes, for the projector: the stream and the grant to read it."
  value = {
    arn   = aws_dynamodb_table.this["participants"].stream_arn
    grant = { actions = local.stream_actions, resources = [aws_dynamodb_table.this["participants"].stream_arn] }
  }
}

output "results_bucket" {
  description = "Name of the bucket that results are exported to."
  value       = module.exports.name
}

output "stream_failures_url" {
  description = "Queue of the stream batches that could not be announced."
  value       = aws_sqs_queue.stream_failures.url
}
