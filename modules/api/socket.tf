module "socket" {
  source = "../function"

  name                 = "${var.name_prefix}-socket"
  description          = "Answers what players and hosts of live quizzes send."
  package              = var.package
  handler              = "handlers.api.socket.handler"
  timeout              = 10
  memory_size          = 1024
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.permissions_boundary
  release              = var.socket.release
  tags                 = var.tags

  environment = merge(var.socket.environment, { MEDIA_BUCKET = module.media.name })
  grants      = merge(var.socket.grants, { MediaGet = module.media.grants.get })
}

# It asks nobody but the user pool for its public keys, and so needs no grant.
module "authorizer" {
  source = "../function"

  name                 = "${var.name_prefix}-authorizer"
  description          = "Verifies the token of who connects to the WebSocket API."
  package              = var.socket.authorizer_package
  handler              = "handlers.authorizer.token.handler"
  timeout              = 5
  memory_size          = 1024
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  environment = {
    USER_POOL_CLIENT_ID = aws_cognito_user_pool_client.app.id
    USER_POOL_ID        = aws_cognito_user_pool.users.id
  }
}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  # HTTP APIs take the function's ARN; WebSocket APIs the address that it is invoked at.
  invocation_path = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.name}:lambda:path/2015-03-31/functions"
}

# No identity sources: API Gateway refuses whoever lacks one of them, and a token comes in the Sec-WebSocket-Protocol header
# or in the query string. So the function is asked about everybody, and refuses those without a token.
resource "aws_apigatewayv2_authorizer" "connect" {
  name            = "${var.name_prefix}-connect"
  api_id          = aws_apigatewayv2_api.websocket.id
  authorizer_type = "REQUEST"
  authorizer_uri  = "${local.invocation_path}/${module.authorizer.alias_arn}/invocations"
}

resource "aws_lambda_permission" "authorizer" {
  statement_id  = "websocket-authorizer"
  action        = "lambda:InvokeFunction"
  function_name = module.authorizer.name
  qualifier     = regex("[A-Za-z0-9_-]+$", module.authorizer.alias_arn)
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.websocket.execution_arn}/authorizers/${aws_apigatewayv2_authorizer.connect.id}"
}
