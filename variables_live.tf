variable "cache" {
  description = "The leaderboards' cache: one of its own, or an existing one in a network of yours."
  type = object({
    own = optional(object({
      node_type      = optional(string, "cache.t4g.small")
      port           = optional(number, 6379)
      replicas       = optional(number, 1)
      engine_version = optional(string, "8.0")
      snapshot_days  = optional(number, 0)
      kms_key_arn    = optional(string)
      tls            = optional(bool, true)
      iam_auth       = optional(bool, true)
    }), {})
    existing = optional(object({
      host              = string
      port              = optional(number, 6379)
      tls               = optional(bool, true)
      security_group_id = string
      iam_auth          = optional(object({ name = string, user = string, grant = object({ actions = list(string), resources = list(string) }) }))
    }))
    network = optional(object({ vpc_id = string, subnet_ids = list(string), dynamodb_prefix_list_id = string }))
  })
  default  = {}
  nullable = false
}

variable "live" {
  description = "Live quizzes: how many winners are announced, which are played by themselves, how many broadcasts run at once, and whether to set the account's role for logs of WebSocket APIs."
  type = object({
    winners        = optional(number, 3)
    max_broadcasts = optional(number, 50)
    sets_log_role  = optional(bool, false)
    schedules = optional(map(object({
      quiz_id       = string
      cron          = string
      time_zone     = optional(string, "UTC")
      lobby_seconds = optional(number)
      enabled       = optional(bool, true)
    })), {})
  })
  default  = {}
  nullable = false
}
