locals {
  own_cache      = var.existing == null ? [var.cache] : []
  cache_name     = "${var.name_prefix}-cache"
  cache_group_id = var.existing == null ? one(aws_security_group.cache[*].id) : var.existing.security_group_id

  endpoint = {
    host = var.existing == null ? one(aws_elasticache_replication_group.main[*].primary_endpoint_address) : var.existing.host
    port = var.existing == null ? var.cache.port : var.existing.port
    tls  = var.existing == null ? var.cache.tls : var.existing.tls
  }

  # Of parameters, one for each major version.
  family = "valkey${split(".", var.cache.engine_version)[0]}"
}

resource "aws_elasticache_subnet_group" "main" {
  count = length(local.own_cache)

  name        = local.cache_name
  description = "Private subnets of the leaderboards' cache."
  subnet_ids  = local.network.subnet_ids
  tags        = var.tags
}

# The default policy evicts what has an end, and a leaderboard has one. It is few and large keys, so one that is evicted
# has to be read from the table as a whole, just when memory is short. A write that is refused is tried again instead,
# and the alarm on memory comes before.
resource "aws_elasticache_parameter_group" "main" {
  count = length(local.own_cache)

  name        = "${local.cache_name}-${local.family}"
  description = "Keeps every leaderboard whole."
  family      = local.family
  tags        = var.tags

  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }

  # A new major version needs a new group before the old one can go.
  lifecycle {
    create_before_destroy = true
  }
}

# One primary that everybody writes to and reads from, and replicas that take its place. No cluster mode: a leaderboard
# lies on one shard whatever their number.
resource "aws_elasticache_replication_group" "main" {
  #checkov:skip=CKV2_AWS_50: It is on wherever there is a replica, as there is by default. Without one all that is lost is time: every leaderboard is made again from the table.
  #checkov:skip=CKV_AWS_191: At rest it is under the account's key for ElastiCache, or under cache.kms_key_arn where an environment has one. It holds names, scores and ranks of games, for some days at most.

  count = length(local.own_cache)

  replication_group_id = local.cache_name
  description          = "Leaderboards of live quizzes, all of it made from the participants table."
  engine               = "valkey"
  engine_version       = var.cache.engine_version
  node_type            = var.cache.node_type
  port                 = var.cache.port
  tags                 = var.tags

  num_cache_clusters         = 1 + var.cache.replicas
  automatic_failover_enabled = var.cache.replicas > 0
  multi_az_enabled           = var.cache.replicas > 0

  parameter_group_name = aws_elasticache_parameter_group.main[0].name
  subnet_group_name    = aws_elasticache_subnet_group.main[0].name
  security_group_ids   = [aws_security_group.cache[0].id]

  at_rest_encryption_enabled = true
  kms_key_id                 = var.cache.kms_key_arn
  transit_encryption_enabled = var.cache.tls
  transit_encryption_mode    = var.cache.tls ? "required" : null
  user_group_ids             = aws_elasticache_user_group.main[*].user_group_id

  # Nothing in it that the table does not hold, so it is thrown away without a last snapshot.
  snapshot_retention_limit = var.cache.snapshot_days
}
