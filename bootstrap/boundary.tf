# The most that anything which the platform creates can ever do, whatever its own policies say: work on data and messages
# of this account. A function that was taken over, or a pull request that was not read well, stays within it.
resource "aws_iam_policy" "boundary" {
  name        = "quiz-boundary"
  description = "The most that roles of the quiz platform may do."
  policy      = data.aws_iam_policy_document.boundary.json
}

locals {
  # What the functions, schedules and logs of the platform do; each role is granted a small part of it.
  boundary_actions = [
    "cloudwatch:DescribeAlarms",
    "cloudwatch:GetMetricData",
    "dynamodb:BatchGetItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:DeleteItem",
    "dynamodb:DescribeStream",
    "dynamodb:GetItem",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:Scan",
    "dynamodb:UpdateItem",
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
    "elasticache:Connect",
    "events:PutEvents",
    "execute-api:ManageConnections",
    "kms:Decrypt",
    "kms:GenerateDataKey",
    "lambda:GetAlias",
    "lambda:InvokeFunction",
    "lambda:UpdateAlias",
    "logs:CreateLogStream",
    "logs:FilterLogEvents",
    "logs:PutLogEvents",
    "personalize:GetRecommendations",
    "s3:GetObject",
    "s3:PutObject",
    "sns:Publish",
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ReceiveMessage",
    "sqs:SendMessage",
    "ssm:GetParameter",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
  ]

  # API Gateway's own policy for its logs, which AWS does not let anybody narrow, asks for these as well.
  log_delivery_actions = [
    "logs:CreateLogGroup",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:GetLogEvents",
  ]
}

data "aws_iam_policy_document" "boundary" {
  # Which resources is for each role's own policies to say. Here it is any of this account; a few calls name no account.
  statement {
    sid       = "Work"
    actions   = concat(local.boundary_actions, local.log_delivery_actions)
    resources = ["*"]

    condition {
      test     = "StringEqualsIfExists"
      variable = "aws:ResourceAccount"
      values   = [var.account_id]
    }
  }

  # States are none of a function's business.
  statement {
    sid       = "NoStates"
    effect    = "Deny"
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.state.arn}/*"]
  }

  statement {
    sid       = "NoStateKey"
    effect    = "Deny"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.state.arn]
  }
}
