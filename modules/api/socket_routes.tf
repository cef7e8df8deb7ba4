# A route is its key: the action that a message names, or what happens to a connection.
locals {
  socket = { name = module.socket.name, alias_arn = module.socket.alias_arn }

  socket_actions = [
    "answer",
    "end_quiz",
    "join_quiz",
    "kick",
    "next_question",
    "pause_quiz",
    "ping",
    "resume_quiz",
    "start_quiz",
  ]

  # $default gets what names no action or an unknown one, and answers that as well.
  socket_messages = merge({ for key in concat(["$default"], local.socket_actions) : key => local.socket }, var.socket.routes)
  socket_routes   = merge({ for key in ["$connect", "$disconnect"] : key => local.socket }, local.socket_messages)
}

resource "aws_apigatewayv2_integration" "socket" {
  api_id             = aws_apigatewayv2_api.websocket.id
  integration_type   = "AWS_PROXY"
  integration_method = "POST"
  integration_uri    = "${local.invocation_path}/${local.socket.alias_arn}/invocations"
}

resource "aws_apigatewayv2_integration" "socket_others" {
  for_each = var.socket.routes

  api_id             = aws_apigatewayv2_api.websocket.id
  integration_type   = "AWS_PROXY"
  integration_method = "POST"
  integration_uri    = "${local.invocation_path}/${each.value.alias_arn}/invocations"
}

locals {
  socket_integrations = merge(
    { for key in keys(local.socket_routes) : key => aws_apigatewayv2_integration.socket.id },
    { for key, integration in aws_apigatewayv2_integration.socket_others : key => integration.id },
  )
}

# Who may send is decided once, when the connection is made; what the authorizer found comes with every message.
resource "aws_apigatewayv2_route" "socket" {
  #checkov:skip=CKV_AWS_309: A WebSocket API asks its authorizer once, at $connect, and takes no other route without a connection that passed it; what the authorizer found comes with every message.

  for_each = local.socket_routes

  api_id             = aws_apigatewayv2_api.websocket.id
  route_key          = each.key
  target             = "integrations/${local.socket_integrations[each.key]}"
  authorization_type = each.key == "$connect" ? "CUSTOM" : "NONE"
  authorizer_id      = each.key == "$connect" ? aws_apigatewayv2_authorizer.connect.id : null

  # Two-way: what the function returns goes back to the client. Without this AWS drops it.
  route_response_selection_expression = contains(keys(local.socket_messages), each.key) ? "$default" : null
}

resource "aws_apigatewayv2_route_response" "socket" {
  for_each = local.socket_messages

  api_id             = aws_apigatewayv2_api.websocket.id
  route_id           = aws_apigatewayv2_route.socket[each.key].id
  route_response_key = "$default"
}

# One for each route and no wider, so that a route that is gone can call nothing.
resource "aws_lambda_permission" "socket" {
  for_each = local.socket_routes

  statement_id  = "websocket-${trimprefix(each.key, "$")}"
  action        = "lambda:InvokeFunction"
  function_name = each.value.name
  qualifier     = regex("[A-Za-z0-9_-]+$", each.value.alias_arn)
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.websocket.execution_arn}/${local.socket_stage}/${each.key}"
}
