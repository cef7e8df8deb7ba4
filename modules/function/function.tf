resource "aws_lambda_function" "this" {
  #checkov:skip=CKV_AWS_116: What fails for good is set aside by whoever invokes it: mappings, rules and schedules name a dead-letter queue each, asynchronous invocations the alias's failure_queue; who calls the API sees the error.
  #checkov:skip=CKV_AWS_117: A network would be no border: these functions call public endpoints, AWS's and that of a chat, over TLS and each within its role. Those of the cache, which nobody else may reach, run inside one.
  #checkov:skip=CKV_AWS_173: Lambda encrypts the variables with the account's key for it; they hold names and addresses and no secret, which tests/terraform/test_security.py checks.
  #checkov:skip=CKV_AWS_272: The role that deploys could sign as well as change code, so a signature would prove nothing more: it builds the packages itself, from requirements that are locked by hash.

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
    mode = "Active"
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
  #checkov:skip=CKV_AWS_158: CloudWatch Logs encrypts every group with keys of its own, and IAM says who reads. Neither answers, keys nor tokens are logged: tests/unit/test_log_hygiene.py lets every fault happen and looks.
  #checkov:skip=CKV_AWS_338: Lines hold ids of people, so each environment says how long it needs them: a year in production, less where nothing is at stake.

  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}
