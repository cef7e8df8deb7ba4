# A network with the cache and its functions, and no way out of it: no internet gateway, no NAT gateway, no public
# address. There are no flow logs: the security groups let through one port of the cache and DynamoDB, so a log would
# repeat them, at a price per gigabyte of a live quiz.
data "aws_region" "current" {}

locals {
  own_network = var.network == null ? [var.own_network] : []

  network = {
    vpc_id                  = var.network == null ? one(aws_vpc.main[*].id) : var.network.vpc_id
    subnet_ids              = var.network == null ? values(aws_subnet.private)[*].id : var.network.subnet_ids
    dynamodb_prefix_list_id = var.network == null ? one(aws_vpc_endpoint.dynamodb[*].prefix_list_id) : var.network.dynamodb_prefix_list_id
  }
}

resource "aws_vpc" "main" {
  #checkov:skip=CKV2_AWS_11: No way leads in or out: no internet gateway, no NAT gateway, no peering. The groups let through one port of the cache, and DynamoDB by an endpoint whose policy names each caller; a flow log would repeat just that.

  count = length(local.own_network)

  cidr_block           = var.own_network.cidr
  enable_dns_hostnames = true
  tags                 = merge(var.tags, { Name = "${var.name_prefix}-cache" })
}

# What is put into the network without a thought gets this group, and with it no traffic at all.
resource "aws_default_security_group" "locked" {
  count = length(local.own_network)

  vpc_id = aws_vpc.main[0].id
  tags   = merge(var.tags, { Name = "${var.name_prefix}-cache-locked" })
}

resource "aws_subnet" "private" {
  for_each = { for zone in distinct(flatten(local.own_network[*].zones)) : zone => index(var.own_network.zones, zone) }

  vpc_id            = aws_vpc.main[0].id
  availability_zone = "${data.aws_region.current.name}${each.key}"
  cidr_block        = cidrsubnet(var.own_network.cidr, 2, each.value)
  tags              = merge(var.tags, { Name = "${var.name_prefix}-cache-${each.key}" })
}

# One for all zones: beside the network itself it leads to DynamoDB, which belongs to no zone.
resource "aws_route_table" "private" {
  count = length(local.own_network)

  vpc_id = aws_vpc.main[0].id
  tags   = merge(var.tags, { Name = "${var.name_prefix}-cache" })
}

resource "aws_route_table_association" "private" {
  for_each = aws_subnet.private

  subnet_id      = each.value.id
  route_table_id = aws_route_table.private[0].id
}

# Free, unlike a NAT gateway, and it leads to DynamoDB alone.
resource "aws_vpc_endpoint" "dynamodb" {
  count = length(local.own_network)

  vpc_id            = aws_vpc.main[0].id
  service_name      = "com.amazonaws.${data.aws_region.current.name}.dynamodb"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.private[0].id]
  policy            = data.aws_iam_policy_document.dynamodb[0].json
  tags              = merge(var.tags, { Name = "${var.name_prefix}-cache-dynamodb" })
}

# What each function was granted, for itself. A gateway endpoint takes no principal but everybody and tells callers apart
# by a condition.
data "aws_iam_policy_document" "dynamodb" {
  count = length(local.own_network)

  dynamic "statement" {
    for_each = merge(
      { for name, grant in var.grants : "Leaderboard${name}" => { grant = grant, caller = module.leaderboard.role_arn } },
      { for name, grant in var.projector_grants : "Projector${name}" => { grant = grant, caller = module.projector.role_arn } },
    )

    content {
      sid       = statement.key
      actions   = statement.value.grant.actions
      resources = statement.value.grant.resources

      principals {
        type        = "*"
        identifiers = ["*"]
      }

      condition {
        test     = "ArnEquals"
        variable = "aws:PrincipalArn"
        values   = [statement.value.caller]
      }
    }
  }
}
