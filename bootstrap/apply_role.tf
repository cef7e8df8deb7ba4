# What applying an environment takes. Terraform makes, changes and removes everything in it, so within the environment's
# names each service is open as a whole.
locals {
  prefixes = { for name in var.environments : name => "quiz-${name}" }
  iam_arn  = "arn:${data.aws_partition.current.partition}:iam::${var.account_id}"

  # Two policies for each role, because one may have 6,144 characters.
  policies = merge(
    { for name, document in data.aws_iam_policy_document.named : "apply-${name}" => { environment = name, json = document.json } },
    { for name, document in data.aws_iam_policy_document.unnamed : "apply-${name}-unnamed" => { environment = name, json = document.json } },
  )
}

data "aws_iam_policy_document" "named" {
  for_each = local.prefixes

  dynamic "statement" {
    for_each = local.named

    content {
      sid       = title(statement.key)
      actions   = ["${statement.key}:*"]
      resources = [for form in statement.value : "arn:${data.aws_partition.current.partition}:${format(form, var.region, var.account_id, each.value)}"]
    }
  }

  statement {
    sid       = "RolesWithinTheBoundary"
    actions   = local.bounded
    resources = ["${local.iam_arn}:role/${each.value}-*"]

    condition {
      test     = "StringEquals"
      variable = "iam:PermissionsBoundary"
      values   = [aws_iam_policy.boundary.arn]
    }
  }

  statement {
    sid       = "Roles"
    actions   = local.roles
    resources = ["${local.iam_arn}:role/${each.value}-*"]
  }

  statement {
    sid       = "RolesPass"
    actions   = ["iam:PassRole"]
    resources = ["${local.iam_arn}:role/${each.value}-*"]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = local.passed_to
    }
  }

  statement {
    sid       = "RolesOfServices"
    actions   = ["iam:CreateServiceLinkedRole"]
    resources = ["${local.iam_arn}:role/aws-service-role/*"]

    condition {
      test     = "StringEquals"
      variable = "iam:AWSServiceName"
      values   = local.linked
    }
  }

  statement {
    sid       = "StateKeeps"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.state.arn}/${each.key}/*"]
  }

  statement {
    sid       = "StatesList"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.state.arn]
  }

  statement {
    sid       = "StatesDecrypt"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.state.arn]
  }
}

data "aws_iam_policy_document" "unnamed" {
  for_each = local.prefixes

  statement {
    sid       = "Unnamed"
    actions   = local.unnamed
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "aws:RequestedRegion"
      values   = [var.region]
    }
  }

  statement {
    sid       = "Mappings"
    actions   = ["lambda:*"]
    resources = ["arn:${data.aws_partition.current.partition}:lambda:${var.region}:${var.account_id}:event-source-mapping:*"]
  }

  statement {
    sid       = "OwnKeys"
    actions   = local.keys
    resources = ["arn:${data.aws_partition.current.partition}:kms:${var.region}:${var.account_id}:key/*"]

    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/environment"
      values   = [each.key]
    }
  }

  # A tag would make it the environment's own.
  statement {
    sid       = "NotTheStates"
    effect    = "Deny"
    actions   = ["kms:TagResource"]
    resources = [aws_kms_key.state.arn]
  }

  # Without the first condition the second would hold for what has no such tag, and nothing could be made.
  statement {
    sid       = "NotOfOthers"
    effect    = "Deny"
    actions   = local.tagged
    resources = ["*"]

    condition {
      test     = "Null"
      variable = "aws:ResourceTag/environment"
      values   = ["false"]
    }

    condition {
      test     = "StringNotEquals"
      variable = "aws:ResourceTag/environment"
      values   = [each.key]
    }
  }
}

# Managed, not inline: a role's inline policies may have 10,240 characters together.
resource "aws_iam_policy" "apply" {
  for_each = local.policies

  name        = "quiz-${each.key}"
  description = "What applying the environment ${each.value.environment} takes."
  policy      = each.value.json
}

resource "aws_iam_role_policy_attachment" "apply" {
  for_each = local.policies

  role       = aws_iam_role.workflow["apply-${each.value.environment}"].name
  policy_arn = aws_iam_policy.apply[each.key].arn
}
