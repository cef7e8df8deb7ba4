# What every function is watched for. Whatever a single function does besides is watched by the module that owns it.
locals {
  functions = merge(var.functions, { notify = module.notify.watch })

  function_metrics = {
    for short, function in local.functions : short => {
      for metric in ["DeadLetterErrors", "DestinationDeliveryFailures", "Duration", "Errors", "Invocations"] : metric => {
        namespace  = "AWS/Lambda"
        metric     = metric
        statistic  = metric == "Duration" ? "p99" : "Sum"
        dimensions = { FunctionName = function.name }
      }
    }
  }

  function_kinds = {
    for short, function in local.functions : short => {
      errors = {
        description = "The function ${short} crashes or times out."
        reason      = "Three crashes in five minutes, and more than one invocation of a hundred: a single one is tried again, or is 100 percent of a quiet night."
        expression  = "IF(errors >= 3, 100 * errors / invocations, 0)"
        metrics     = { errors = local.function_metrics[short].Errors, invocations = local.function_metrics[short].Invocations }
        threshold   = 1
        period      = 300
        periods     = 3
        datapoints  = 2
      }
      looping = {
        description = "Lambda stopped the function ${short}, which had caused its own invocation for the sixteenth time."
        reason      = "No function is meant to, but those whose loops are allowed, which do not count here."
        namespace   = "AWS/Lambda"
        metric      = "RecursiveInvocationsDropped"
        statistic   = "Sum"
        dimensions  = { FunctionName = function.name }
        threshold   = 0
        periods     = 1
        datapoints  = 1
      }
      slow = {
        description = "The function ${short} hardly ends before it is cut off after ${function.timeout} seconds."
        reason      = "In milliseconds, 80 percent of the timeout: what comes next are errors. Of twenty invocations the slowest is the p99; in three times five minutes it is no coincidence."
        expression  = "IF(invocations >= 20, duration, 0)"
        metrics     = { duration = local.function_metrics[short].Duration, invocations = local.function_metrics[short].Invocations }
        threshold   = function.timeout * 800
        period      = 300
        periods     = 3
        datapoints  = 3
      }
      throttled = {
        description = "Lambda refuses to run the function ${short}."
        reason      = "Each is a request that failed, or a delivery that is tried again. A class that comes at once is over in a minute or two; three of five are a limit that is too low."
        namespace   = "AWS/Lambda"
        metric      = "Throttles"
        statistic   = "Sum"
        dimensions  = { FunctionName = function.name }
        threshold   = 0
        periods     = 5
        datapoints  = 3
      }
      undelivered = {
        description = "What the function ${short} gave up could not be set aside and is lost."
        reason      = "The queue for it refuses, and nothing else keeps what was given up, so that one is enough."
        expression  = "FILL(refused, 0) + FILL(undelivered, 0)"
        metrics     = { refused = local.function_metrics[short].DeadLetterErrors, undelivered = local.function_metrics[short].DestinationDeliveryFailures }
        threshold   = 0
        periods     = 1
        datapoints  = 1
      }
    }
  }

  function_alarms = merge([
    for short, kinds in local.function_kinds : {
      for kind, alarm in kinds : "${short}-${kind}" => merge(alarm, {
        severity = "ticket"
        runbook  = "function-${kind}"
        # Whether the function that tells of alarms works has to be told without it.
        direct = short == "notify"
      }) if kind != "undelivered" || local.functions[short].asynchronous
    }
  ]...)
}
