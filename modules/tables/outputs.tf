output "alarms" {
  description = "What to watch, for the alarms module."
  value       = local.alarms
}

output "dead_letters" {
  description = "Queues of what was set aside, by short name: where they are, and the queues that it can be moved back to."
  value = {
    # Batches of the streams that could not be announced. Only a place in a stream, so nothing can be moved back.
    stream = {
      arn        = aws_sqs_queue.stream_failures.arn
      source_arn = null
      source_url = null
      url        = aws_sqs_queue.stream_failures.url
    }
  }
}

output "functions" {
  description = "The functions, by their short name, for the alarms module."
  # Its mappings set aside what failed, as an asynchronous invocation would.
  value = { stream = merge(module.stream.watch, { asynchronous = true }) }
}

output "grants" {
  description = "Permissions to hand to functions: grants[table][use], as in grants[\"questions\"].read; grants[\"reports\"] for files of live quizzes, grants[\"every\"].probe for a look at each table."
  value       = merge(local.grants, { reports = local.folder_grants["reports"], every = { probe = local.probe } })
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

output "queues" {
  description = "Names of the queues, by their short name."
  value       = { stream-failures = aws_sqs_queue.stream_failures.name }
}

output "results_bucket" {
  description = "Name of the bucket that results are exported to."
  value       = module.exports.name
}

output "results_bucket_arn" {
  description = "That bucket's ARN, for the bucket of access logs, which takes them from buckets that it knows."
  value       = module.exports.arn
}
