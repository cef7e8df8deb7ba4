# A route is its key: what is said of it here or in var.routes, and an authorizer unless it says that it is public.
locals {
  http = { name = module.http.name, alias_arn = module.http.alias_arn }

  http_routes = merge(
    # Open to everybody, so it gets little.
    { "GET /health" = { function = local.http, public = true, throttle = { rate = 20, burst = 20 } } },
    {
      for key in [
        "DELETE /questions/{question_id}",
        "DELETE /quizzes/{quiz_id}",
        "DELETE /sessions/{session_id}",
        "GET /analytics/questions",
        "GET /analytics/questions/{question_id}",
        "GET /live/{quiz_id}",
        "GET /live/{quiz_id}/games",
        "GET /live/{quiz_id}/results",
        "GET /questions",
        "GET /questions/{question_id}",
        "GET /quiz/{quiz_id}/results",
        "GET /quizzes",
        "GET /quizzes/{quiz_id}",
        "GET /sessions/{session_id}",
        "GET /sessions/{session_id}/question",
        "GET /users/{user_id}/progress",
        "POST /answer",
        "POST /live/{quiz_id}",
        "POST /media",
        "POST /questions",
        "POST /quiz/generate",
        "POST /quiz/submit",
        "POST /quizzes",
        "POST /sessions",
        "POST /sessions/{session_id}/answer",
        "PUT /questions/{question_id}",
        "PUT /quizzes/{quiz_id}",
      ] : key => { function = local.http, public = false, throttle = null }
    },
  )

  routes = merge(local.http_routes, var.routes)
}

resource "aws_apigatewayv2_integration" "http" {
  api_id                 = aws_apigatewayv2_api.http.id
  integration_type       = "AWS_PROXY"
  integration_uri        = local.http.alias_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_integration" "others" {
  for_each = var.routes

  api_id                 = aws_apigatewayv2_api.http.id
  integration_type       = "AWS_PROXY"
  integration_uri        = each.value.function.alias_arn
  payload_format_version = "2.0"
}

locals {
  integrations = merge(
    { for key in keys(local.http_routes) : key => aws_apigatewayv2_integration.http.id },
    { for key, integration in aws_apigatewayv2_integration.others : key => integration.id },
  )
}

resource "aws_apigatewayv2_route" "this" {
  #checkov:skip=CKV_AWS_309: Every route needs a token but those that say public = true: GET /health, which tells nothing of anybody and has a throttle of its own. tests/terraform/test_api.py lists them.

  for_each = local.routes

  api_id             = aws_apigatewayv2_api.http.id
  route_key          = each.key
  target             = "integrations/${local.integrations[each.key]}"
  authorization_type = each.value.public ? "NONE" : "JWT"
  authorizer_id      = each.value.public ? null : aws_apigatewayv2_authorizer.users.id
}

# One for each route and no wider, so that a route that is gone can call nothing.
resource "aws_lambda_permission" "this" {
  for_each = local.routes

  statement_id  = join("-", regexall("[A-Za-z0-9]+", each.key))
  action        = "lambda:InvokeFunction"
  function_name = each.value.function.name
  qualifier     = regex("[A-Za-z0-9_-]+$", each.value.function.alias_arn)
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.http.execution_arn}/*/${replace(each.key, " ", "")}"
}
