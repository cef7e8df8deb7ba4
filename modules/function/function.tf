resource "aws_lambda_function" "this" {
  function_name    = var.name
  description      = var.description
  role             = aws_iam_role.this.arn
  handler          = var.handler
  runtime          = "python3.13"
  architectures    = ["arm64"]
  filename         = var.package
  source_code_hash = filebase64sha256(var.package)
  memory_size      = var.memory_size
  timeout          = var.timeout
  publish          = true
  tags             = var.tags

  reserved_concurrent_executions = var.reserved_concurrency

  environment {
    variables = merge({
      POWERTOOLS_LOG_LEVEL    = "INFO"
      POWERTOOLS_SERVICE_NAME = var.name
      # Powertools' own tracer is not used, and without this it would import the X-Ray SDK at every cold start.
      POWERTOOLS_TRACE_DISABLED = "true"
    }, var.environment)
  }

  logging_config {
    log_format            = "JSON"
    log_group             = aws_cloudwatch_log_group.this.name
    application_log_level = "INFO"
    system_log_level      = "WARN"
  }

  tracing_config {
    mode = var.tracing
  }

  dynamic "vpc_config" {
    for_each = var.vpc == null ? [] : [var.vpc]

    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  # Until its policies exist the function could neither log nor work.
  depends_on = [aws_iam_role_policy.grants]
}

# Lambda cuts a chain of invocations short that looks endless; a clock that wakes itself up is meant to go on.
resource "aws_lambda_function_recursion_config" "this" {
  count = var.recursive ? 1 : 0

  function_name  = aws_lambda_function.this.function_name
  recursive_loop = "Allow"
}

# What callers invoke, so that a release is one switch and a rollback another.
resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "The version that serves."
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version
}

resource "aws_lambda_function_event_invoke_config" "this" {
  count = var.failure_queue == null ? 0 : 1

  function_name          = aws_lambda_function.this.function_name
  qualifier              = aws_lambda_alias.live.name
  maximum_retry_attempts = 2

  destination_config {
    on_failure {
      destination = var.failure_queue.arn
    }
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}
