# Workflows sign in with a token of GitHub's that says which repository and environment they run for; there are no keys.
locals {
  issuer       = "token.actions.githubusercontent.com"
  provider_arn = coalesce(var.identity_provider_arn, one(aws_iam_openid_connect_provider.github[*].arn))

  # Whom each role lets in, in the words of the token. A pattern here would let others in.
  subjects = merge(
    { plan = ["repo:${var.repository}:pull_request", "repo:${var.repository}:ref:refs/heads/${var.main_branch}"] },
    { for name in var.environments : "apply-${name}" => ["repo:${var.repository}:environment:${name}"] },
  )
}

resource "aws_iam_openid_connect_provider" "github" {
  count = var.identity_provider_arn == null ? 1 : 0

  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_policy_document" "trust" {
  for_each = local.subjects

  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [local.provider_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.issuer}:sub"
      values   = each.value
    }
  }
}

resource "aws_iam_role" "workflow" {
  for_each = local.subjects

  name                 = "quiz-${each.key}"
  description          = each.key == "plan" ? "Reads what is there, for plans." : "Applies the environment ${trimprefix(each.key, "apply-")}."
  assume_role_policy   = data.aws_iam_policy_document.trust[each.key].json
  max_session_duration = 3600
}
