module "clock" {
  source = "../function"

  name                 = "${var.name_prefix}-clock"
  description          = "Moves the games of live quizzes on."
  package              = var.package
  handler              = "handlers.scheduler.clock.handler"
  timeout              = local.timeout
  memory_size          = 1024
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  failure_queue = aws_sqs_queue.control_failures

  environment = merge(var.clock.environment, {
    EVENT_BUS_NAME     = var.event_bus.name
    JOBS_QUEUE_URL     = aws_sqs_queue.main["jobs"].url
    TRIGGERS_QUEUE_URL = aws_sqs_queue.main["triggers"].url
    WINNERS            = tostring(var.winners)
    WINNERS_TOPIC_ARN  = aws_sns_topic.winners.arn
  })

  grants = merge(var.clock.grants, {
    EventsPublish   = var.event_bus.grant
    JobsSend        = local.queue_grants["jobs"].send
    TriggersConsume = local.queue_grants["triggers"].consume
    # What failed for a moment is tried again sooner than after the visibility timeout.
    TriggersRetry  = { actions = ["sqs:ChangeMessageVisibility"], resources = [aws_sqs_queue.main["triggers"].arn] }
    TriggersSend   = local.queue_grants["triggers"].send
    WinnersPublish = { actions = ["sns:Publish"], resources = [aws_sns_topic.winners.arn] }
  })
}

# Not in a VPC: from there it would need a NAT gateway to reach the connections.
module "broadcast" {
  source = "../function"

  name                 = "${var.name_prefix}-broadcast"
  description          = "Posts what happens in a game to the connections of one of its shards."
  package              = var.package
  handler              = "handlers.scheduler.broadcast.handler"
  timeout              = local.timeout
  memory_size          = 1024
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  environment = merge(var.broadcast.environment, {
    JOBS_QUEUE_URL   = aws_sqs_queue.main["jobs"].url
    WEBSOCKET_API_ID = var.websocket.api_id
    WEBSOCKET_STAGE  = var.websocket.stage
  })

  grants = merge(var.broadcast.grants, {
    JobsConsume  = local.queue_grants["jobs"].consume
    JobsSend     = local.queue_grants["jobs"].send
    MessagesPost = var.websocket.grant
  })
}

# The clock works on a batch side by side, so that no game waits for another.
resource "aws_lambda_event_source_mapping" "triggers" {
  event_source_arn        = aws_sqs_queue.main["triggers"].arn
  function_name           = module.clock.alias_arn
  batch_size              = 10
  function_response_types = ["ReportBatchItemFailures"]
  tags                    = var.tags
}

resource "aws_lambda_event_source_mapping" "jobs" {
  event_source_arn        = aws_sqs_queue.main["jobs"].arn
  function_name           = module.broadcast.alias_arn
  batch_size              = 1
  function_response_types = ["ReportBatchItemFailures"]
  tags                    = var.tags

  # Each worker posts to many connections at once, and all APIs of the account share its limit.
  scaling_config {
    maximum_concurrency = var.broadcast.max_concurrency
  }
}
