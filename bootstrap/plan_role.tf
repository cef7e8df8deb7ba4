# A pull request may be anybody's in the organisation, so its role sees how things are set up, and no data.
resource "aws_iam_role_policy_attachment" "plan" {
  role       = aws_iam_role.workflow["plan"].name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/ReadOnlyAccess"
}

resource "aws_iam_role_policy" "plan" {
  name   = "quiz-plan"
  role   = aws_iam_role.workflow["plan"].name
  policy = data.aws_iam_policy_document.plan.json
}

data "aws_iam_policy_document" "plan" {
  # What AWS's own policy would let it read: answers of students, their names and addresses, submissions, pictures, secrets.
  statement {
    sid    = "NoData"
    effect = "Deny"

    actions = [
      "cognito-idp:AdminGet*",
      "cognito-idp:AdminList*",
      "cognito-idp:ListUsers*",
      "dynamodb:BatchGetItem",
      "dynamodb:GetRecords",
      "dynamodb:PartiQLSelect",
      "dynamodb:Query",
      "dynamodb:Scan",
      "kinesis:GetRecords",
      "logs:FilterLogEvents",
      "logs:GetLogEvents",
      "logs:GetLogObject",
      "logs:GetLogRecord",
      "logs:GetQueryResults",
      "logs:StartLiveTail",
      "logs:StartQuery",
      "secretsmanager:GetSecretValue",
      "sqs:ReceiveMessage",
      "ssm:GetParameter*",
      "xray:*Trace*",
    ]

    resources = ["*"]
  }

  # The canary of the health check is an item that Terraform makes, and so has to read.
  statement {
    sid       = "NoItemsButTheCanary"
    effect    = "Deny"
    actions   = ["dynamodb:GetItem"]
    resources = ["*"]

    condition {
      test     = "ForAnyValue:StringNotEquals"
      variable = "dynamodb:LeadingKeys"
      values   = ["#canary"]
    }
  }

  statement {
    sid           = "NoObjectsButStates"
    effect        = "Deny"
    actions       = ["s3:GetObject*"]
    not_resources = ["${aws_s3_bucket.state.arn}/*"]
  }

  statement {
    sid       = "StatesRead"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.state.arn}/*"]
  }

  # One plan at a time reads a state: Terraform's lock is a file beside it.
  statement {
    sid       = "StatesLock"
    actions   = ["s3:DeleteObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.state.arn}/*.tflock"]
  }

  statement {
    sid       = "StatesDecrypt"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.state.arn]
  }
}
