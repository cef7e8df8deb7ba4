data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "this" {
  name                 = var.name
  description          = "Execution role of the function ${var.name}."
  assume_role_policy   = data.aws_iam_policy_document.assume.json
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags
}

locals {
  # AWS offers nothing narrower than "*" for these, so a grant of them alone may say so.
  of_no_resource = ["cloudwatch:DescribeAlarms", "cloudwatch:GetMetricData"]

  grants = merge(
    var.grants,
    # The group is made by Terraform, so the function needs no right to create one.
    {
      Logs = {
        actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
      }
      # AWS offers nothing narrower than "*" for these two.
      Tracing = {
        actions   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        resources = ["*"]
      }
    },
    # AWS offers nothing narrower than "*": the interfaces do not exist yet when the function is made.
    var.vpc == null ? {} : {
      NetworkInterfaces = {
        actions = [
          "ec2:AssignPrivateIpAddresses",
          "ec2:CreateNetworkInterface",
          "ec2:DeleteNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:UnassignPrivateIpAddresses",
        ]
        resources = ["*"]
      }
    },
    var.failure_queue == null ? {} : {
      FailureQueue = { actions = ["sqs:SendMessage"], resources = [var.failure_queue.arn] }
    },
  )
}

data "aws_iam_policy_document" "grants" {
  for_each = local.grants

  statement {
    sid       = each.key
    actions   = each.value.actions
    resources = each.value.resources
  }
}

# One policy per grant: adding or reordering grants never detaches another.
resource "aws_iam_role_policy" "grants" {
  #checkov:skip=CKV_AWS_355: "*" stands only where AWS knows no resource: traces, interfaces in a network, reading alarms and metrics. variables.tf refuses it in every other grant, and tests/terraform/test_policies.py compares each role with its code.

  for_each = local.grants

  name   = each.key
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.grants[each.key].json
}
