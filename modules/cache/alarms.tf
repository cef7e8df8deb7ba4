# Scores are safe in the table whatever happens here; a person is woken only where players look at a leaderboard that
# stands still.
locals {
  # By failing over, nodes change their parts, so each is watched as if it were the primary.
  nodes = var.existing == null ? [for number in range(1 + var.cache.replicas) : format("%03d", number + 1)] : []

  # ElastiCache's own advice: what a node of two processors does beside the engine takes from the engine; a larger one has
  # processors left for it, and the engine works on one of them. Nodes up to "large" have two.
  few_processors = !endswith(var.cache.node_type, "xlarge")

  node_alarms = {
    cache-cpu = {
      description = "The leaderboards' cache has hardly any computing time left."
      reason      = "The engine works on one processor, and 90 percent of one is ${local.few_processors ? "45 of the node's two" : "as good as all of it"}; five minutes are longer than the rush at the end of a question."
      metric      = local.few_processors ? "CPUUtilization" : "EngineCPUUtilization"
      statistic   = "Average"
      threshold   = local.few_processors ? 45 : 90
      periods     = 5
      datapoints  = 5
      nodes       = local.nodes
    }
    cache-evictions = {
      description = "The leaderboards' cache throws leaderboards away, which are then read from the table."
      reason      = "The parameter group forbids it, so one is one too many."
      metric      = "Evictions"
      statistic   = "Sum"
      threshold   = 0
      periods     = 1
      datapoints  = 1
      nodes       = local.nodes
    }
    cache-memory = {
      description = "The leaderboards' cache is nearly full; then it takes no more scores."
      reason      = "The last fifth of the smallest node still holds two of the largest games, 100,000 players in some 30 MB each. All nodes hold the same, so one is watched."
      metric      = "DatabaseMemoryUsagePercentage"
      statistic   = "Maximum"
      threshold   = 80
      periods     = 5
      datapoints  = 3
      nodes       = [for node in local.nodes : node if node == "001"]
    }
    cache-replication-lag = {
      description = "A replica of the leaderboards' cache is far behind."
      reason      = "In seconds. A failing primary takes as many seconds of scores with it; under a second is usual."
      metric      = "ReplicationLag"
      statistic   = "Maximum"
      threshold   = 10
      periods     = 5
      datapoints  = 3
      nodes       = length(local.nodes) > 1 ? local.nodes : []
    }
  }

  function_alarms = {
    leaderboard-fallback = {
      description = "Leaderboards are read from the table, because the cache does not answer or lacks them."
      reason      = "They are right, but slower and dearer. A failover takes a minute or two and heals itself."
      severity    = "ticket"
      pillar      = "live"
      namespace   = "QuizPlatform"
      metric      = "LeaderboardFallback"
      statistic   = "Sum"
      dimensions  = { service = module.leaderboard.name }
      threshold   = 0
      periods     = 5
      datapoints  = 5
    }
    projector-failures-not-empty = {
      description = "Scores were given up on the way into the cache; leaderboards may lack them."
      reason      = "A leaderboard stays wrong until the player's next answer, or until it is rebuilt, so one is enough."
      severity    = "ticket"
      pillar      = "live"
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      statistic   = "Maximum"
      dimensions  = { QueueName = aws_sqs_queue.projector_failures.name }
      threshold   = 0
      periods     = 1
      datapoints  = 1
      functions   = [module.projector.name]
    }
    projector-late = {
      description = "Leaderboards show what was more than thirty seconds ago."
      reason      = "In milliseconds: about one question, so that players see the standings of the one before."
      severity    = "page"
      pillar      = "live"
      namespace   = "AWS/Lambda"
      metric      = "IteratorAge"
      statistic   = "Maximum"
      dimensions  = { FunctionName = module.projector.name }
      threshold   = 30000
      periods     = 5
      datapoints  = 3
    }
  }

  alarms = merge(local.function_alarms, [
    for name, alarm in local.node_alarms : {
      for node in alarm.nodes : "${name}-${node}" => {
        description = alarm.description
        reason      = alarm.reason
        severity    = "ticket"
        pillar      = "live"
        namespace   = "AWS/ElastiCache"
        metric      = alarm.metric
        statistic   = alarm.statistic
        dimensions  = { CacheClusterId = "${local.cache_name}-${node}" }
        threshold   = alarm.threshold
        periods     = alarm.periods
        datapoints  = alarm.datapoints
        runbook     = name
      }
    }
  ]...)
}
