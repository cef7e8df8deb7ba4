output "alias_arn" {
  description = "What callers invoke; usable only once the function may do its work."
  value       = aws_lambda_alias.live.arn
  depends_on  = [aws_iam_role_policy.grants]
}

output "log_group_name" {
  description = "Where the function logs."
  value       = aws_cloudwatch_log_group.this.name
}

output "name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "role_arn" {
  description = "Role that the function works under."
  value       = aws_iam_role.this.arn
}

output "timeout" {
  description = "Seconds after which an invocation is cut off."
  value       = var.timeout
}

output "watch" {
  description = "What the alarms module needs to know: the name, the timeout, and whether failures of asynchronous invocations go to a queue."
  value       = { name = aws_lambda_function.this.function_name, timeout = var.timeout, asynchronous = var.failure_queue != null }
}
