# How the machinery does: traffic, errors, latency and saturation of whatever there is.
locals {
  # Of each kind of thing: a metric is its name, its statistic, what it is called, and the axis if that is the right one.
  signals = {
    http = {
      namespace = "AWS/ApiGateway"
      dimension = "ApiId"
      widgets = [
        { title = "requests a minute", metrics = [["Count", "Sum", "requests"]] },
        { title = "errors a minute", metrics = [["4xx", "Sum", "refused"], ["5xx", "Sum", "failed"]] },
        { title = "latency (milliseconds)", metrics = [["Latency", "p50", "p50"], ["Latency", "p99", "p99"], ["IntegrationLatency", "p99", "p99 of the functions"]] },
      ]
    }
    websocket = {
      namespace = "AWS/ApiGateway"
      dimension = "ApiId"
      widgets = [
        { title = "messages a minute", metrics = [["MessageCount", "Sum", "messages"], ["ConnectCount", "Sum", "connections"]] },
        { title = "errors a minute", metrics = [["ClientError", "Sum", "refused"], ["IntegrationError", "Sum", "failed"], ["ExecutionError", "Sum", "unreachable"]] },
        { title = "latency (milliseconds)", metrics = [["IntegrationLatency", "p50", "p50"], ["IntegrationLatency", "p99", "p99"]] },
      ]
    }
    function = {
      namespace = "AWS/Lambda"
      dimension = "FunctionName"
      widgets = [
        { title = "invocations a minute", metrics = [["Invocations", "Sum", "invocations"], ["Errors", "Sum", "errors"]] },
        { title = "duration (milliseconds)", metrics = [["Duration", "p50", "p50"], ["Duration", "p99", "p99"]], limited = true },
        { title = "concurrency and throttles", metrics = [["ConcurrentExecutions", "Maximum", "at once"], ["Throttles", "Sum", "throttled", "right"]] },
      ]
    }
    queue = {
      namespace = "AWS/SQS"
      dimension = "QueueName"
      widgets = [{
        title = "messages"
        metrics = [
          ["ApproximateNumberOfMessagesVisible", "Maximum", "waiting"],
          ["ApproximateNumberOfMessagesNotVisible", "Maximum", "in flight"],
          ["ApproximateAgeOfOldestMessage", "Maximum", "age of the oldest (seconds)", "right"],
        ]
      }]
    }
    table = {
      namespace = "AWS/DynamoDB"
      dimension = "TableName"
      widgets = [{
        title = "units and throttles a minute"
        metrics = [
          ["ConsumedReadCapacityUnits", "Sum", "read"],
          ["ConsumedWriteCapacityUnits", "Sum", "written"],
          ["ReadThrottleEvents", "Sum", "reads throttled", "right"],
          ["WriteThrottleEvents", "Sum", "writes throttled", "right"],
        ]
      }]
    }
    node = {
      namespace = "AWS/ElastiCache"
      dimension = "CacheClusterId"
      widgets = [
        { title = "processor (percent)", metrics = [["CPUUtilization", "Average", "node"], ["EngineCPUUtilization", "Average", "engine"]] },
        { title = "memory (percent)", metrics = [["DatabaseMemoryUsagePercentage", "Maximum", "used"], ["Evictions", "Sum", "evictions", "right"]] },
        { title = "connections and lag", metrics = [["CurrConnections", "Maximum", "connections"], ["ReplicationLag", "Maximum", "lag (seconds)", "right"]] },
      ]
    }
  }

  # What there is, in the order of the board: kinds of three widgets first, so that each thing has a row of its own.
  things = concat(
    [for id in compact([var.watched.http_api_id]) : { kind = "http", title = "HTTP API", id = id }],
    [for id in compact([var.watched.websocket_api_id]) : { kind = "websocket", title = "WebSocket API", id = id }],
    [for short, function in local.functions : { kind = "function", title = short, id = function.name, limit = function.timeout * 1000 }],
    [for name in var.watched.cache_nodes : { kind = "node", title = name, id = name }],
    [for short, name in merge(var.watched.queues, { alerts-undelivered = aws_sqs_queue.undelivered.name }) : { kind = "queue", title = "Queue ${short}", id = name }],
    [for short, name in var.watched.tables : { kind = "table", title = "Table ${short}", id = name }],
  )

  signal_widgets = flatten([
    for thing in local.things : [
      for widget in local.signals[thing.kind].widgets : {
        title  = "${thing.title}: ${widget.title}"
        period = 60
        lines  = try(widget.limited, false) ? [{ label = "cut off", value = thing.limit }] : []
        metrics = [
          for metric in widget.metrics : {
            namespace  = local.signals[thing.kind].namespace
            metric     = metric[0]
            dimensions = { (local.signals[thing.kind].dimension) = thing.id }
            statistic  = metric[1]
            label      = metric[2]
            axis       = try(metric[3], "left")
          }
        ]
      }
    ]
  ])

  # Who reads a stream shows by being watched for how far behind it is.
  streams = {
    title  = "Streams: how far behind (milliseconds)"
    period = 60
    lines  = []
    metrics = [
      for alarm in values(var.alarms) : {
        namespace  = alarm.namespace
        metric     = alarm.metric
        dimensions = alarm.dimensions
        statistic  = alarm.statistic
        label      = join(" ", values(alarm.dimensions))
      } if alarm.metric == "IteratorAge"
    ]
  }

  mechanics_widgets = [for widget in concat(local.signal_widgets, [local.streams]) : widget if length(widget.metrics) > 0]
}
