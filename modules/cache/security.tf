# Who reaches whom. Rules that stand in a group are all it has: one that is added by hand is taken away again.

# The functions reach the cache on its port, and DynamoDB. Nothing reaches them.
resource "aws_security_group" "functions" {
  #checkov:skip=CKV2_AWS_5: Both functions beside the cache are in it, by the input vpc of modules/function, which checkov does not follow.

  name        = "${var.name_prefix}-cache-functions"
  description = "Functions beside the cache: out to the cache and to DynamoDB."
  vpc_id      = local.network.vpc_id
  ingress     = []
  tags        = merge(var.tags, { Name = "${var.name_prefix}-cache-functions" })

  egress {
    description     = "The cache."
    protocol        = "tcp"
    from_port       = local.endpoint.port
    to_port         = local.endpoint.port
    security_groups = [local.cache_group_id]
  }

  egress {
    description     = "DynamoDB."
    protocol        = "tcp"
    from_port       = 443
    to_port         = 443
    prefix_list_ids = [local.network.dynamodb_prefix_list_id]
  }
}

# The cache is reached by the functions, and reaches nothing. The rule stands apart, because two groups cannot each be
# made before the other.
resource "aws_security_group" "cache" {
  count = length(local.own_cache)

  name        = "${var.name_prefix}-cache"
  description = "The cache: in from the functions beside it."
  vpc_id      = local.network.vpc_id
  tags        = merge(var.tags, { Name = "${var.name_prefix}-cache" })
}

resource "aws_vpc_security_group_ingress_rule" "cache" {
  count = length(local.own_cache)

  security_group_id            = aws_security_group.cache[0].id
  description                  = "The functions."
  ip_protocol                  = "tcp"
  from_port                    = local.endpoint.port
  to_port                      = local.endpoint.port
  referenced_security_group_id = aws_security_group.functions.id
  tags                         = var.tags
}
