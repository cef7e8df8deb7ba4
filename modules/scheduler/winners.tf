# AWS's own key is enough: nobody but the clock publishes, and roles of this account need no right to that key. A service
# such as CloudWatch or EventBridge could not publish here.
resource "aws_sns_topic" "winners" {
  name              = "${var.name_prefix}-winners"
  kms_master_key_id = "alias/aws/sns"
  tags              = var.tags
}

# Roles of this account may publish and subscribe as their own policies say; nobody else may.
data "aws_iam_policy_document" "winners" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.winners.arn]

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

resource "aws_sns_topic_policy" "winners" {
  arn    = aws_sns_topic.winners.arn
  policy = data.aws_iam_policy_document.winners.json
}
