# Two topics: what comes to `alerts` is for the notify function to read, what goes to `notices` for people.
resource "aws_sns_topic" "alerts" {
  name              = "${var.name_prefix}-alerts"
  kms_master_key_id = aws_kms_key.alerts.id
  tags              = var.tags
}

resource "aws_sns_topic" "notices" {
  name              = "${var.name_prefix}-notices"
  display_name      = var.name_prefix
  kms_master_key_id = aws_kms_key.alerts.id
  tags              = var.tags
}

resource "aws_sns_topic_policy" "alerts" {
  arn    = aws_sns_topic.alerts.arn
  policy = data.aws_iam_policy_document.topic["alerts"].json
}

resource "aws_sns_topic_policy" "notices" {
  arn    = aws_sns_topic.notices.arn
  policy = data.aws_iam_policy_document.topic["notices"].json
}

locals {
  topics = { alerts = aws_sns_topic.alerts.arn, notices = aws_sns_topic.notices.arn }

  topic_grants = {
    for name, arn in local.topics : name => {
      publish = { actions = ["sns:Publish"], resources = [arn] }
      # SNS encrypts in the name of whoever publishes.
      encrypt = { actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = [aws_kms_key.alerts.arn] }
    }
  }
}

# Roles of this account may publish as their own policies say. Alarms of the account do so to both: what concerns the
# notify function goes past it.
data "aws_iam_policy_document" "topic" {
  for_each = local.topics

  statement {
    sid       = "AlarmsPublish"
    actions   = ["sns:Publish"]
    resources = [each.value]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }

  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["sns:Publish"]
    resources = [each.value]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }

    # Plain HTTP that never left the machine is the emulator's; AWS sees no request from there.
    condition {
      test     = "NotIpAddress"
      variable = "aws:SourceIp"
      values   = ["127.0.0.1/32"]
    }
  }
}

resource "aws_sns_topic_subscription" "email" {
  for_each = var.subscribers.emails

  topic_arn = aws_sns_topic.notices.arn
  protocol  = "email"
  endpoint  = each.value
}

resource "aws_sns_topic_subscription" "https" {
  for_each = var.subscribers.https_endpoints

  topic_arn = aws_sns_topic.notices.arn
  protocol  = "https"
  endpoint  = each.value
}

# CloudWatch cannot publish to a topic under AWS's own SNS key, and says so nowhere but in the alarm's history.
resource "aws_kms_key" "alerts" {
  description             = "Encrypts the alerts of ${var.name_prefix}."
  enable_key_rotation     = true
  deletion_window_in_days = 7
  policy                  = data.aws_iam_policy_document.key.json
  tags                    = var.tags
}

resource "aws_kms_alias" "alerts" {
  name          = "alias/${var.name_prefix}-alerts"
  target_key_id = aws_kms_key.alerts.key_id
}

data "aws_partition" "current" {}

data "aws_iam_policy_document" "key" {
  #checkov:skip=CKV_AWS_109: In the policy of a key "*" is the key itself, and the account has to administer it, or nobody could ever again. A service, where one is let in, may encrypt and decrypt for this account alone.
  #checkov:skip=CKV_AWS_111: As above: the key itself, for the account; roles use it only as their own policies say.
  #checkov:skip=CKV_AWS_356: As above: a key's policy cannot name the key in another way.

  statement {
    sid       = "AccountAdministers"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${var.account_id}:root"]
    }
  }

  statement {
    sid       = "AlarmsEncrypt"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }
}
