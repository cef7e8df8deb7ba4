variable "cache" {
  description = "A cache of its own: its size, replicas in other zones, Valkey version and snapshots, and whether connections are encrypted and signed."
  type = object({
    node_type      = optional(string, "cache.t4g.small")
    port           = optional(number, 6379)
    replicas       = optional(number, 1)
    engine_version = optional(string, "8.0")
    snapshot_days  = optional(number, 0)
    kms_key_arn    = optional(string)
    tls            = optional(bool, true)
    iam_auth       = optional(bool, true)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.cache.replicas >= 0 && var.cache.replicas <= 5
    error_message = "cache.replicas must be between 0 and 5; with 0 the leaderboards are gone while the node is replaced."
  }

  validation {
    condition     = can(regex("^(7\\.2|8\\.[0-9])$", var.cache.engine_version))
    error_message = "cache.engine_version must be a version of Valkey, 7.2 or newer, such as 8.0."
  }

  validation {
    condition     = var.cache.tls || !var.cache.iam_auth
    error_message = "cache.iam_auth needs cache.tls: a token that can be read on the way is none."
  }
}

variable "environment" {
  description = "Environment variables of both functions: the names of the tables that leaderboards are made from."
  type        = map(string)
  nullable    = false
}

variable "existing" {
  description = "A cache of yours instead, in a network of yours; its security group has to let in security_group_ids.functions."
  type = object({
    host              = string
    port              = optional(number, 6379)
    tls               = optional(bool, true)
    security_group_id = string
    iam_auth          = optional(object({ name = string, user = string, grant = object({ actions = list(string), resources = list(string) }) }))
  })
  default = null

  validation {
    condition     = var.existing == null || var.network != null
    error_message = "existing needs network: nothing leads from a network of the module's own to your cache."
  }

  validation {
    condition     = var.existing == null ? true : can(regex("^[A-Za-z0-9.-]+$", var.existing.host))
    error_message = "existing.host must be a host name alone, without a scheme and without a port."
  }

  validation {
    condition     = var.existing == null ? true : var.existing.tls || var.existing.iam_auth == null
    error_message = "existing.iam_auth needs existing.tls: a token that can be read on the way is none."
  }
}

variable "grants" {
  description = "What the leaderboard may do outside this module, by name: read the tables that it falls back to."
  type        = map(object({ actions = list(string), resources = list(string) }))
  nullable    = false

  validation {
    condition     = length(var.grants) > 0 && alltrue(flatten([for grant in values(var.grants) : [for action in grant.actions : startswith(action, "dynamodb:")]]))
    error_message = "grants must be for DynamoDB, one at least: no other service can be reached from the cache's network."
  }
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 30
  nullable    = false
}

variable "name_prefix" {
  description = "First part of every name, as service-environment."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name_prefix))
    error_message = "name_prefix must have 3 to 32 lower-case letters, digits and hyphens, a letter first and no hyphen last."
  }
}

variable "package" {
  description = "Path of the zip that tools/package built."
  type        = string
}

variable "participants_stream" {
  description = "What happens to players of live quizzes: the stream and the grant to read it."
  type        = object({ arn = string, grant = object({ actions = list(string), resources = list(string) }) })
}

variable "permissions_boundary" {
  description = "Most that the module's roles may do, as the ARN of a policy; nothing narrower without it."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary == null || can(regex("^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[^*?]+$", var.permissions_boundary))
    error_message = "permissions_boundary must be the ARN of a policy."
  }
}

variable "projection" {
  description = "How the stream gets into the cache: records and batches of a shard at once, how long a batch waits to fill, and when it is given up."
  type = object({
    batch_size      = optional(number, 500)
    window_seconds  = optional(number, 0)
    parallelization = optional(number, 2)
    max_retries     = optional(number, 100)
    max_age_seconds = optional(number, 900)
  })
  default  = {}
  nullable = false
}

variable "projector_grants" {
  description = "What the projector may do outside this module, by name: read the tables that it restores leaderboards from."
  type        = map(object({ actions = list(string), resources = list(string) }))
  nullable    = false
}

variable "tags" {
  description = "Tags of everything in the module."
  type        = map(string)
  default     = {}
  nullable    = false
}
