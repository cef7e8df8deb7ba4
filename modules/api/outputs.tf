output "alarms" {
  description = "What to watch, for the alarms module."
  value       = local.alarms
}

output "custom_domain_target" {
  description = "Where the DNS record of the custom domain has to point, if there is one."
  value = one([
    for domain in aws_apigatewayv2_domain_name.this : {
      name    = domain.domain_name_configuration[0].target_domain_name
      zone_id = domain.domain_name_configuration[0].hosted_zone_id
    }
  ])
}

output "functions" {
  description = "The functions, by their short name, for the alarms module."
  value = {
    authorizer = module.authorizer.watch
    http       = module.http.watch
    socket     = module.socket.watch
  }
}

output "grants" {
  description = "Permissions to hand to functions: grants[\"media\"].get and grants[\"media\"].put."
  value       = { media = module.media.grants }
}

output "http_api_id" {
  description = "The HTTP API, for those that compose its address themselves."
  value       = aws_apigatewayv2_api.http.id
}

output "http_api_url" {
  description = "Where clients call, without a slash at the end; usable only once every route answers."
  value       = var.custom_domain == null ? trimsuffix(aws_apigatewayv2_stage.default.invoke_url, "/") : "https://${var.custom_domain.name}"
  depends_on  = [aws_apigatewayv2_api_mapping.this, aws_apigatewayv2_stage.default, aws_lambda_permission.this]
}

output "media_bucket" {
  description = "Name of the bucket of pictures and sounds."
  value       = module.media.name
}

output "media_bucket_arn" {
  description = "That bucket's ARN, for the bucket of access logs, which takes them from buckets that it knows."
  value       = module.media.arn
}

output "user_pool_client_id" {
  description = "What clients sign in with."
  value       = aws_cognito_user_pool_client.app.id
}

output "user_pool_id" {
  description = "Who the users are."
  value       = aws_cognito_user_pool.users.id
}

# It waits for no route and reads nothing of var.socket: the functions behind the routes send to the broadcast workers'
# queue, and those workers need to know this API.
output "websocket" {
  description = "The WebSocket API: where clients connect, and what a function needs to post to their connections."
  value = {
    api_id = aws_apigatewayv2_api.websocket.id
    stage  = local.socket_stage
    url = (
      local.websocket_domain == null
      ? "${aws_apigatewayv2_api.websocket.api_endpoint}/${local.socket_stage}"
      : "wss://${local.websocket_domain}"
    )
    grant = {
      actions = ["execute-api:ManageConnections"]
      resources = [
        for method in ["DELETE", "POST"] :
        "${aws_apigatewayv2_api.websocket.execution_arn}/${local.socket_stage}/${method}/@connections/*"
      ]
    }
  }
}

output "websocket_domain_target" {
  description = "Where the DNS record of the WebSocket API's custom domain has to point, if there is one."
  value = one([
    for domain in aws_apigatewayv2_domain_name.websocket : {
      name    = domain.domain_name_configuration[0].target_domain_name
      zone_id = domain.domain_name_configuration[0].hosted_zone_id
    }
  ])
}
