resource "aws_apigatewayv2_api" "http" {
  name          = "${var.name_prefix}-http"
  description   = "REST routes of ${var.name_prefix}."
  protocol_type = "HTTP"
  tags          = var.tags

  # With a domain of its own there is one address, not two to watch and to protect.
  disable_execute_api_endpoint = var.custom_domain != null

  # API Gateway answers preflight requests itself, before it looks at routes and tokens.
  dynamic "cors_configuration" {
    for_each = length(var.allowed_origins) == 0 ? [] : [var.allowed_origins]

    content {
      allow_origins  = cors_configuration.value
      allow_methods  = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"]
      allow_headers  = ["authorization", "content-type", "if-match", "x-correlation-id"]
      expose_headers = ["etag", "location", "retry-after", "x-correlation-id", "x-request-id"]
      max_age        = 3600
    }
  }
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.http.id
  name        = "$default"
  description = "What serves; every change of a route is deployed by itself."
  auto_deploy = true
  tags        = var.tags

  default_route_settings {
    throttling_rate_limit  = var.http.throttle.rate
    throttling_burst_limit = var.http.throttle.burst
  }

  dynamic "route_settings" {
    for_each = { for key, route in local.routes : key => route.throttle if route.throttle != null }

    content {
      route_key              = route_settings.key
      throttling_rate_limit  = route_settings.value.rate
      throttling_burst_limit = route_settings.value.burst
    }
  }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    format          = jsonencode(local.access_log)
  }

  # A stage refuses settings of a route that does not exist.
  depends_on = [aws_apigatewayv2_route.this]
}

locals {
  # No headers and no query string: tokens travel in them.
  access_log = {
    request_id        = "$context.requestId"
    time              = "$context.requestTimeEpoch"
    ip                = "$context.identity.sourceIp"
    user_id           = "$context.authorizer.claims.sub"
    method            = "$context.httpMethod"
    route             = "$context.routeKey"
    path              = "$context.path"
    status            = "$context.status"
    bytes             = "$context.responseLength"
    latency_ms        = "$context.responseLatency"
    function_ms       = "$context.integrationLatency"
    function_status   = "$context.integrationStatus"
    function_error    = "$context.integrationErrorMessage"
    authorizer_error  = "$context.authorizer.error"
    api_gateway_error = "$context.error.responseType"
  }
}

# Under this prefix deliveries need no resource policy of their own; all others share one, which has a size limit.
resource "aws_cloudwatch_log_group" "access" {
  #checkov:skip=CKV_AWS_158: CloudWatch Logs encrypts every group with keys of its own, and IAM says who reads. The format leaves out headers and query strings, where tokens travel; tests hold it to that.
  #checkov:skip=CKV_AWS_338: Lines hold addresses and ids of people, so each environment says how long it needs them: a year in production, less where nothing is at stake.

  name              = "/aws/vendedlogs/${var.name_prefix}-http"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}
