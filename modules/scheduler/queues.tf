locals {
  # Of both functions, and the shortest visibility timeout that Lambda accepts for them.
  timeout = 30

  # A live quiz stands still until its trigger is delivered again, so nothing waits for six timeouts as elsewhere. What is
  # delivered while it is still being worked on does no harm: a second transition or an older message changes nothing.
  queues = {
    triggers = {
      # Three to four minutes. A shorter trouble must not cost a game its clock, a longer one needs a person.
      receives          = 8
      retention_seconds = 24 * 3600
    }
    jobs = {
      # After this long the question that it tells of has been closed.
      receives          = 5
      retention_seconds = 3600
    }
  }

  queue_grants = {
    for name, queue in aws_sqs_queue.main : name => {
      consume = {
        actions   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        resources = [queue.arn]
      }
      send = { actions = ["sqs:SendMessage"], resources = [queue.arn] }
    }
  }
}

# Standard, not FIFO: only these delay single messages, and the order does not matter.
resource "aws_sqs_queue" "main" {
  for_each = local.queues

  name                       = "${var.name_prefix}-${each.key}"
  message_retention_seconds  = each.value.retention_seconds
  sqs_managed_sse_enabled    = true
  visibility_timeout_seconds = local.timeout
  tags                       = var.tags

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters[each.key].arn
    maxReceiveCount     = each.value.receives
  })
}

resource "aws_sqs_queue" "dead_letters" {
  for_each = local.queues

  name                      = "${var.name_prefix}-${each.key}-dlq"
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

resource "aws_sqs_queue_redrive_allow_policy" "dead_letters" {
  for_each = local.queues

  queue_url = aws_sqs_queue.dead_letters[each.key].id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.main[each.key].arn]
  })
}

# What should have reached the clock or was given up by it: events of the bus and of the schedules.
resource "aws_sqs_queue" "control_failures" {
  name                      = "${var.name_prefix}-control-failures"
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

resource "aws_sqs_queue_redrive_allow_policy" "control_failures" {
  queue_url            = aws_sqs_queue.control_failures.id
  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}
