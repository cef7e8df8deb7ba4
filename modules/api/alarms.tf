# Each threshold says why it is what it is; a person is woken only where waiting until morning would cost results.
locals {
  stage_dimensions = { ApiId = aws_apigatewayv2_api.http.id, Stage = aws_apigatewayv2_stage.default.name }

  alarms = {
    http-failing = {
      description = "The API answers many requests with a server error."
      severity    = "page"
      namespace   = "AWS/ApiGateway"
      metric      = "5xx"
      statistic   = "Sum"
      dimensions  = local.stage_dimensions
      # People who saw an error, not a share of them: one failed request at night is 100 percent and no emergency.
      threshold  = 10
      periods    = 5
      datapoints = 3
    }
    http-slow = {
      description = "One request of a hundred waits for more than two seconds."
      severity    = "ticket"
      namespace   = "AWS/ApiGateway"
      metric      = "Latency"
      statistic   = "p99"
      dimensions  = local.stage_dimensions
      # Milliseconds. A cold start takes about one second; only new traffic has many, and not for ten minutes.
      threshold  = 2000
      periods    = 15
      datapoints = 10
    }
    http-errors = {
      description = "The http function crashes or times out."
      severity    = "ticket"
      namespace   = "AWS/Lambda"
      metric      = "Errors"
      statistic   = "Sum"
      dimensions  = { FunctionName = module.http.name }
      # Errors that the code answers itself do not count here, so each of these is a defect.
      threshold  = 0
      periods    = 5
      datapoints = 3
    }
    http-throttled = {
      description = "Lambda refuses to run the http function."
      severity    = "ticket"
      namespace   = "AWS/Lambda"
      metric      = "Throttles"
      statistic   = "Sum"
      dimensions  = { FunctionName = module.http.name }
      # Each is a request that failed; many of them wake somebody through http-failing.
      threshold  = 0
      periods    = 5
      datapoints = 3
    }
  }
}
