# What an environment is made of. Its names begin with quiz-<environment>, so what has a name is bound to them; what has an
# id that only AWS knows is bound to the region, and kept from other environments by the tag that everything carries.
locals {
  # By service, the form of the ARN after the partition: %[1]s is the region, %[2]s the account, %[3]s the prefix.
  named = {
    cloudwatch  = ["cloudwatch:%[1]s:%[2]s:alarm:%[3]s-*", "cloudwatch::%[2]s:dashboard/%[3]s-*"]
    dynamodb    = ["dynamodb:%[1]s:%[2]s:table/%[3]s-*"]
    elasticache = ["elasticache:%[1]s:%[2]s:*:%[3]s-*"]
    events      = ["events:%[1]s:%[2]s:event-bus/%[3]s", "events:%[1]s:%[2]s:rule/%[3]s/*"]
    kms         = ["kms:%[1]s:%[2]s:alias/%[3]s-*"]
    lambda      = ["lambda:%[1]s:%[2]s:function:%[3]s-*"]
    logs        = ["logs:%[1]s:%[2]s:log-group:/aws/lambda/%[3]s-*", "logs:%[1]s:%[2]s:log-group:/aws/vendedlogs/%[3]s-*"]
    s3          = ["s3:::%[3]s-%[2]s-*"]
    scheduler   = ["scheduler:%[1]s:%[2]s:schedule-group/%[3]s-*", "scheduler:%[1]s:%[2]s:schedule/%[3]s-*/*"]
    sns         = ["sns:%[1]s:%[2]s:%[3]s-*"]
    sqs         = ["sqs:%[1]s:%[2]s:%[3]s-*"]
    xray        = ["xray:%[1]s:%[2]s:sampling-rule/%[3]s"]
  }

  # What AWS names itself, or lists before it knows of which.
  unnamed = [
    "apigateway:*",
    "cloudwatch:DescribeAlarms",
    "cognito-idp:*",
    "ec2:AssociateRouteTable",
    "ec2:AuthorizeSecurityGroup*",
    "ec2:CreateRouteTable",
    "ec2:CreateSecurityGroup",
    "ec2:CreateSubnet",
    "ec2:CreateTags",
    "ec2:CreateVpc",
    "ec2:CreateVpcEndpoint",
    "ec2:DeleteNetworkInterface",
    "ec2:DeleteRouteTable",
    "ec2:DeleteSecurityGroup",
    "ec2:DeleteSubnet",
    "ec2:DeleteTags",
    "ec2:DeleteVpc",
    "ec2:DeleteVpcEndpoints",
    "ec2:Describe*",
    "ec2:DetachNetworkInterface",
    "ec2:DisassociateRouteTable",
    "ec2:ModifySecurityGroupRules",
    "ec2:ModifySubnetAttribute",
    "ec2:ModifyVpcAttribute",
    "ec2:ModifyVpcEndpoint",
    "ec2:ReplaceRouteTableAssociation",
    "ec2:RevokeSecurityGroup*",
    "ec2:UpdateSecurityGroupRuleDescriptions*",
    "elasticache:Describe*",
    "kms:CreateKey",
    "kms:ListAliases",
    "kms:TagResource",
    "lambda:CreateEventSourceMapping",
    "lambda:ListEventSourceMappings",
    "logs:*LogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "xray:GetSamplingRules",
  ]

  # What can be tagged as another environment's, and is then none of this one's business.
  tagged = ["apigateway:*", "cognito-idp:*", "ec2:*", "kms:*", "lambda:*"]

  # A key that is gone takes with it whatever it encrypts, so only the environment's own can be changed at all.
  keys = [
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
  ]

  # No role of the platform may do more than its boundary: none is made without it, and none can be freed of it.
  bounded = [
    "iam:AttachRolePolicy",
    "iam:CreateRole",
    "iam:DeleteRolePolicy",
    "iam:DetachRolePolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
  ]

  roles = [
    "iam:DeleteRole",
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:ListAttachedRolePolicies",
    "iam:ListInstanceProfilesForRole",
    "iam:ListRolePolicies",
    "iam:ListRoleTags",
    "iam:TagRole",
    "iam:UntagRole",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateRole",
    "iam:UpdateRoleDescription",
  ]

  # Who works with a role of the environment's. Three services make one of their own when they are first used.
  passed_to = ["apigateway.amazonaws.com", "lambda.amazonaws.com", "scheduler.amazonaws.com"]
  linked    = ["elasticache.amazonaws.com", "email.cognito-idp.amazonaws.com", "ops.apigateway.amazonaws.com"]
}
