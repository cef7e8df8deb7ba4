# A person is woken by none of these: what they tell of costs results only if it lasts, and then others wake somebody.
locals {
  stream_alarms = {
    stream-failures-not-empty = {
      description = "Results are stored but their announcements were given up."
      reason      = "One is a result that no listener heard of, and nothing announces it by itself."
      severity    = "ticket"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.stream_failures.name }
      threshold   = 0
      periods     = 1
      datapoints  = 1
      functions   = [module.stream.name]
    }
    stream-late = {
      description = "Results are announced more than five minutes late."
      reason      = "In milliseconds. The stream forgets after 24 hours; this leaves most of them for the repair."
      severity    = "ticket"
      namespace   = "AWS/Lambda"
      metric      = "IteratorAge"
      statistic   = "Maximum"
      dimensions  = { FunctionName = module.stream.name }
      threshold   = 300000
      periods     = 5
      datapoints  = 3
    }
  }

  # A table and each of its indexes are throttled apart.
  throttles = {
    for table, definition in local.tables : table => merge([
      for index in concat([""], keys(definition.indexes)) : {
        for kind in ["Read", "Write"] : join("_", compact([lower(kind), index])) => {
          namespace  = "AWS/DynamoDB"
          metric     = "${kind}ThrottleEvents"
          statistic  = "Sum"
          dimensions = merge({ TableName = aws_dynamodb_table.this[table].name }, index == "" ? {} : { GlobalSecondaryIndexName = index })
        }
      }
    ]...)
  }

  # What the grants allow. That of a transaction is the permission for its parts, so that it shows in none of them.
  operations = {
    for table, uses in local.uses : table => distinct(concat(
      [for action in distinct(flatten(concat(local.probe.actions, values(uses)[*].actions))) : trimprefix(action, "dynamodb:")],
      anytrue([for action in flatten(values(uses)[*].actions) : can(regex("(Put|Update|Delete)Item$", action))]) ? ["TransactWriteItems"] : [],
    ))
  }

  failures = {
    for table, operations in local.operations : table => {
      for operation in operations : lower(operation) => {
        namespace  = "AWS/DynamoDB"
        metric     = "SystemErrors"
        statistic  = "Sum"
        dimensions = { TableName = aws_dynamodb_table.this[table].name, Operation = operation }
      }
    }
  }

  # Nothing is written while nothing is wrong, and alarms on DynamoDB's metrics stay as they are for want of data. So that
  # they end, what is missing becomes a zero.
  table_alarms = merge(
    {
      for table, metrics in local.throttles : "table-throttled-${table}" => {
        description = "DynamoDB throttles reads or writes of the table ${table}, or of an index of it."
        reason      = "A burst of more than twice the last peak is throttled for a moment, and tried again by the SDK; three minutes of five are a hot key, or a load that lasts."
        severity    = "ticket"
        expression  = join(" + ", [for id in keys(metrics) : "FILL(${id}, 0)"])
        metrics     = metrics
        threshold   = 0
        periods     = 5
        datapoints  = 3
        runbook     = "table-throttled"
      }
    },
    {
      for table, metrics in local.failures : "table-failing-${table}" => {
        description = "DynamoDB answers requests to the table ${table} with errors of its own."
        reason      = "A few are usual, and tried again by the SDK; more than five a minute, in three minutes of five, are an outage."
        severity    = "ticket"
        expression  = join(" + ", [for id in keys(metrics) : "FILL(${id}, 0)"])
        metrics     = metrics
        threshold   = 5
        periods     = 5
        datapoints  = 3
        runbook     = "table-failing"
      }
    },
  )

  alarms = merge(local.stream_alarms, local.table_alarms)
}
