# Who may do what inside the cache. There is no password: a user is whoever signs as a role that may connect as this user.
locals {
  access = {
    # Boards and names, and nothing that could empty or stop the cache.
    projector = "on ~* -@all +@read +@write +@connection +eval +evalsha -@dangerous"
    # Looks only, in scripts too: a fault in what the internet can call cannot change a leaderboard.
    leaderboard = "on ~* -@all +@read +@connection +eval +evalsha -@dangerous"
  }
  # Short, because name and id of a user who signs have to be the same, and an id has room for 40 characters.
  user_names = { projector = "${var.name_prefix}-writer", leaderboard = "${var.name_prefix}-reader" }
  own_users  = var.existing == null && var.cache.iam_auth
}

resource "aws_elasticache_user" "this" {
  for_each = { for function, name in local.user_names : function => name if local.own_users }

  user_id       = each.value
  user_name     = each.value
  engine        = "valkey"
  access_string = local.access[each.key]
  tags          = var.tags

  authentication_mode {
    type = "iam"
  }
}

resource "aws_elasticache_user_group" "main" {
  count = local.own_users ? 1 : 0

  user_group_id = local.cache_name
  engine        = "valkey"
  user_ids      = values(aws_elasticache_user.this)[*].user_id
  tags          = var.tags
}

# How each function signs in, and how it finds the cache and the tables.
locals {
  sign_in = {
    for function in keys(local.access) : function => var.existing != null ? var.existing.iam_auth : !local.own_users ? null : {
      name = local.cache_name
      user = aws_elasticache_user.this[function].user_id
      grant = {
        actions   = ["elasticache:Connect"]
        resources = [aws_elasticache_replication_group.main[0].arn, aws_elasticache_user.this[function].arn]
      }
    }
  }

  connection = {
    for function, sign_in in local.sign_in : function => {
      environment = merge(var.environment, {
        REDIS_HOST = local.endpoint.host
        REDIS_NAME = sign_in == null ? "" : sign_in.name
        REDIS_PORT = tostring(local.endpoint.port)
        REDIS_TLS  = tostring(local.endpoint.tls)
        REDIS_USER = sign_in == null ? "" : sign_in.user
      })
      grants = sign_in == null ? {} : { CacheConnect = sign_in.grant }
    }
  }
}
