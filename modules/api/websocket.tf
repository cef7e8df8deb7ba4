locals {
  socket_stage = "live"
}

resource "aws_apigatewayv2_api" "websocket" {
  name                       = "${var.name_prefix}-websocket"
  description                = "Live quizzes of ${var.name_prefix}."
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
  tags                       = var.tags
}

resource "aws_apigatewayv2_stage" "live" {
  #checkov:skip=CKV2_AWS_51: A client certificate shows a server of one's own that API Gateway is calling. Here are functions alone: they are invoked by permissions that name this API and the route.

  api_id      = aws_apigatewayv2_api.websocket.id
  name        = local.socket_stage
  description = "What serves; every change of a route is deployed by itself."
  auto_deploy = true
  tags        = var.tags

  # Each connection and each message of a client counts; what is posted to connections does not.
  default_route_settings {
    throttling_rate_limit  = var.socket.throttle.rate
    throttling_burst_limit = var.socket.throttle.burst
  }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.websocket_access.arn
    format          = jsonencode(local.socket_access_log)
  }

  # API Gateway refuses to deploy an API without routes, and to log before it may.
  depends_on = [aws_api_gateway_account.logs, aws_apigatewayv2_route.socket]
}

locals {
  # No headers and no query string: a token travels in them when a client connects.
  socket_access_log = {
    request_id        = "$context.requestId"
    time              = "$context.requestTimeEpoch"
    ip                = "$context.identity.sourceIp"
    user_id           = "$context.authorizer.principalId"
    connection_id     = "$context.connectionId"
    event             = "$context.eventType"
    route             = "$context.routeKey"
    message_id        = "$context.messageId"
    status            = "$context.status"
    function_ms       = "$context.integration.latency"
    function_status   = "$context.integration.status"
    function_error    = "$context.integration.error"
    authorizer_error  = "$context.authorizer.error"
    authorizer_status = "$context.authorizer.status"
    api_gateway_error = "$context.error.responseType"
  }
}

resource "aws_cloudwatch_log_group" "websocket_access" {
  #checkov:skip=CKV_AWS_158: CloudWatch Logs encrypts every group with keys of its own, and IAM says who reads. The format leaves out headers and query strings, where tokens travel; tests hold it to that.
  #checkov:skip=CKV_AWS_338: Lines hold addresses and ids of people, so each environment says how long it needs them: a year in production, less where nothing is at stake.

  name              = "/aws/vendedlogs/${var.name_prefix}-websocket"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}

data "aws_iam_policy_document" "log_role" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["apigateway.amazonaws.com"]
    }
  }
}

# The logs of WebSocket APIs are written under one role of the whole account and region, which HTTP APIs do not need.
resource "aws_iam_role" "logs" {
  count = var.socket.sets_log_role ? 1 : 0

  name                 = "${var.name_prefix}-api-gateway-logs"
  description          = "What API Gateway writes the logs of this account's WebSocket and REST APIs under."
  assume_role_policy   = data.aws_iam_policy_document.log_role.json
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

resource "aws_iam_role_policy_attachment" "logs" {
  count = var.socket.sets_log_role ? 1 : 0

  role = aws_iam_role.logs[0].name
  # AWS refuses a role that may do less.
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

resource "aws_api_gateway_account" "logs" {
  count = var.socket.sets_log_role ? 1 : 0

  cloudwatch_role_arn = aws_iam_role.logs[0].arn

  depends_on = [aws_iam_role_policy_attachment.logs]
}
