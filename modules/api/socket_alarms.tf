# Each threshold says why it is what it is; a person is woken only where waiting until morning would cost results.
locals {
  socket_dimensions = { ApiId = aws_apigatewayv2_api.websocket.id, Stage = aws_apigatewayv2_stage.live.name }

  socket_alarms = {
    socket-failing = {
      description = "Many messages of live quizzes are answered with a server error."
      severity    = "page"
      namespace   = "AWS/ApiGateway"
      metric      = "IntegrationError"
      statistic   = "Sum"
      dimensions  = local.socket_dimensions
      # The code answers wrong messages with a message of its own, so each of these is a crash or a timeout that a player saw.
      threshold  = 10
      periods    = 5
      datapoints = 3
    }
    socket-unreachable = {
      description = "API Gateway cannot call the functions of live quizzes: nobody can join, answer or host."
      severity    = "page"
      namespace   = "AWS/ApiGateway"
      metric      = "ExecutionError"
      statistic   = "Sum"
      dimensions  = local.socket_dimensions
      # A permission or a route is missing, or Lambda refuses: all of that hits everybody at once.
      threshold  = 10
      periods    = 5
      datapoints = 3
    }
    socket-errors = {
      description = "The socket function crashes or times out."
      severity    = "ticket"
      namespace   = "AWS/Lambda"
      metric      = "Errors"
      statistic   = "Sum"
      dimensions  = { FunctionName = module.socket.name }
      # Errors that the code answers itself do not count here, so each of these is a defect.
      threshold  = 0
      periods    = 5
      datapoints = 3
    }
    socket-throttled = {
      description = "Lambda refuses to run the socket function."
      severity    = "ticket"
      namespace   = "AWS/Lambda"
      metric      = "Throttles"
      statistic   = "Sum"
      dimensions  = { FunctionName = module.socket.name }
      # Each is an answer that may come too late now; many of them wake somebody through socket-unreachable.
      threshold  = 0
      periods    = 5
      datapoints = 3
    }
    authorizer-errors = {
      description = "The authorizer of the WebSocket API crashes or times out: people with good tokens are turned away."
      severity    = "page"
      namespace   = "AWS/Lambda"
      metric      = "Errors"
      statistic   = "Sum"
      dimensions  = { FunctionName = module.authorizer.name }
      # A bad token is no error. A few are a hiccup of the user pool, after which clients connect again.
      threshold  = 5
      periods    = 5
      datapoints = 3
    }
    authorizer-throttled = {
      description = "Lambda refuses to run the authorizer of the WebSocket API."
      severity    = "ticket"
      namespace   = "AWS/Lambda"
      metric      = "Throttles"
      statistic   = "Sum"
      dimensions  = { FunctionName = module.authorizer.name }
      # A class that connects at once needs as many environments; clients try again, and soon get in.
      threshold  = 0
      periods    = 5
      datapoints = 3
    }
  }
}
