# A person is woken only where waiting until morning would cost results.
locals {
  stage_dimensions = { ApiId = aws_apigatewayv2_api.http.id, Stage = aws_apigatewayv2_stage.default.name }

  stage_statistics = { failed = "Sum", latency = "p99", rejected = "Sum", requests = "Sum" }
  stage_names      = { failed = "5xx", latency = "Latency", rejected = "4xx", requests = "Count" }

  stage_metrics = {
    for id, name in local.stage_names : id => {
      namespace  = "AWS/ApiGateway"
      metric     = name
      statistic  = local.stage_statistics[id]
      dimensions = local.stage_dimensions
    }
  }

  http_alarms = {
    http-failing = {
      description = "The API answers many requests with a server error."
      reason      = "Ten people a minute who saw an error, and more than one request of a hundred: a failed request at night is 100 percent and no emergency, and ten of a million are none either."
      severity    = "page"
      pillar      = "platform"
      expression  = "IF(failed >= 10, 100 * failed / requests, 0)"
      metrics     = { for id in ["failed", "requests"] : id => local.stage_metrics[id] }
      threshold   = 1
      periods     = 5
      datapoints  = 3
      functions   = [module.http.name]
    }
    http-rejecting = {
      description = "The API refuses one request of five as the caller's fault."
      reason      = "A person errs now and then, a program always: from a hundred refused in five minutes on it is a client that was released broken, or tokens that nobody accepts any more."
      severity    = "ticket"
      pillar      = "platform"
      expression  = "IF(rejected >= 100, 100 * rejected / requests, 0)"
      metrics     = { for id in ["rejected", "requests"] : id => local.stage_metrics[id] }
      threshold   = 20
      period      = 300
      periods     = 3
      datapoints  = 2
      functions   = [module.http.name]
    }
    http-latency = {
      description = "One request of a hundred waits for more than two seconds."
      reason      = "In milliseconds. A cold start takes about one second; only new traffic has many, and not for fifteen minutes. Of fewer than a hundred requests the slowest is no p99."
      severity    = "ticket"
      pillar      = "platform"
      expression  = "IF(requests >= 100, latency, 0)"
      metrics     = { for id in ["latency", "requests"] : id => local.stage_metrics[id] }
      threshold   = 2000
      period      = 300
      periods     = 3
      datapoints  = 3
      functions   = [module.http.name]
    }
  }

  # Functions count which part of the platform a server error belongs to. For live quizzes those do, too, that messages of
  # the WebSocket API reach.
  pillars = {
    quizzes = {
      description = "Students get server errors when they generate or submit quizzes."
      reason      = "More than five a minute, in three minutes of five, are not one student's bad luck, and http-failing may not see them among everything else."
      pillar      = "quizzes"
      metric      = "QuizzesFailed"
      services    = [module.http.name]
      periods     = 5
      datapoints  = 3
    }
    live = {
      description = "Players and hosts get server errors in live quizzes."
      reason      = "More than five a minute, in two minutes of three: a question is open for half a minute, and does not wait."
      pillar      = "live"
      metric      = "LiveFailed"
      services    = distinct(concat([module.http.name, module.socket.name], values(var.socket.routes)[*].name))
      periods     = 3
      datapoints  = 2
    }
    practice = {
      description = "Students get server errors when they practise."
      reason      = "More than five a minute, in three minutes of five, are not one student's bad luck, and http-failing may not see them among everything else."
      pillar      = "adaptive"
      metric      = "PracticeFailed"
      services    = [module.http.name]
      periods     = 5
      datapoints  = 3
    }
  }

  pillar_alarms = {
    for part, pillar in local.pillars : "${part}-failing" => {
      description = pillar.description
      reason      = pillar.reason
      severity    = "page"
      pillar      = pillar.pillar
      expression  = join(" + ", [for number in range(length(pillar.services)) : "FILL(failed_${number}, 0)"])
      metrics = {
        for number, service in pillar.services : "failed_${number}" => {
          namespace  = "QuizPlatform"
          metric     = pillar.metric
          statistic  = "Sum"
          dimensions = { service = service }
        }
      }
      threshold  = 5
      periods    = pillar.periods
      datapoints = pillar.datapoints
    }
  }

  alarms = merge(local.http_alarms, local.pillar_alarms, local.socket_alarms)
}
