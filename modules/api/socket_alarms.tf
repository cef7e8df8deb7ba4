# A person is woken only where waiting until morning would cost results.
locals {
  socket_dimensions = { ApiId = aws_apigatewayv2_api.websocket.id, Stage = aws_apigatewayv2_stage.live.name }

  socket_alarms = {
    socket-failing = {
      description = "Many messages of live quizzes are answered with a server error."
      reason      = "The code answers wrong messages with a message of its own, so each of these is a crash or a timeout that a player saw; ten a minute are a class that sees it."
      severity    = "page"
      pillar      = "live"
      namespace   = "AWS/ApiGateway"
      metric      = "IntegrationError"
      statistic   = "Sum"
      dimensions  = local.socket_dimensions
      threshold   = 10
      periods     = 5
      datapoints  = 3
      functions   = [module.socket.name]
    }
    socket-unreachable = {
      description = "API Gateway cannot call the functions of live quizzes: nobody can join, answer or host."
      reason      = "A permission or a route is missing, or Lambda refuses: all of that hits everybody at once."
      severity    = "page"
      pillar      = "live"
      namespace   = "AWS/ApiGateway"
      metric      = "ExecutionError"
      statistic   = "Sum"
      dimensions  = local.socket_dimensions
      threshold   = 10
      periods     = 5
      datapoints  = 3
      functions   = [module.socket.name]
    }
    authorizer-failing = {
      description = "The authorizer of the WebSocket API crashes or times out: people with good tokens are turned away."
      reason      = "A bad token is no error. A few a minute are a hiccup of the user pool, after which clients connect again."
      severity    = "page"
      pillar      = "live"
      namespace   = "AWS/Lambda"
      metric      = "Errors"
      statistic   = "Sum"
      dimensions  = { FunctionName = module.authorizer.name }
      threshold   = 5
      periods     = 5
      datapoints  = 3
    }
  }
}
