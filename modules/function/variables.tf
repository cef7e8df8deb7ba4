variable "description" {
  description = "What the function does, in one sentence."
  type        = string
}

variable "environment" {
  description = "Environment variables."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "failure_queue" {
  description = "Standard queue for asynchronous invocations that failed for good."
  type        = object({ arn = string })
  default     = null
}

variable "grants" {
  description = "What the function may do, by name; each becomes one policy of its role."
  type        = map(object({ actions = list(string), resources = list(string) }))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for grant in values(var.grants) : length(grant.actions) > 0 && length(grant.resources) > 0])
    error_message = "Every grant needs at least one action and one resource."
  }

  validation {
    condition = alltrue(flatten([
      for grant in values(var.grants) : [for action in grant.actions : can(regex("^[a-z0-9-]+:[A-Za-z]+$", action))]
    ]))
    error_message = "grants must name each action in full (service:Action); wildcards are refused."
  }

  validation {
    condition = alltrue([
      for grant in values(var.grants) : !contains(grant.resources, "*") || length(setsubtract(grant.actions, local.of_no_resource)) == 0
    ])
    error_message = "grants must name their resources; \"*\" is only for what AWS offers nothing narrower for: ${join(", ", local.of_no_resource)}."
  }
}

variable "handler" {
  description = "Entry point in the package, as module.function."
  type        = string
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 30
  nullable    = false
}

variable "memory_size" {
  description = "Memory in MB; the CPU share grows with it."
  type        = number
  default     = 512
  nullable    = false
}

variable "name" {
  description = "Name of the function; its role and log group are named after it."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]{1,64}$", var.name))
    error_message = "name must have 1 to 64 lower-case letters, digits and hyphens; shorten name_prefix."
  }
}

variable "package" {
  description = "Path of the zip that tools/package built."
  type        = string
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

variable "release" {
  description = "What serves while the newest version is tried: the version that goes on serving, and the share of invocations, from 0 to 1, that the newest gets. Without it the newest serves at once."
  type        = object({ serving = string, share = optional(number, 0) })
  default     = null

  validation {
    condition     = var.release == null ? true : can(regex("^[1-9][0-9]*$", var.release.serving))
    error_message = "release.serving must be the number of a published version."
  }

  validation {
    condition     = var.release == null ? true : var.release.share >= 0 && var.release.share < 1
    error_message = "release.share must be at least 0 and less than 1; the whole is no release at all."
  }
}

variable "reserved_concurrency" {
  description = "Most invocations at once, set aside for this function; -1 for no limit of its own."
  type        = number
  default     = -1
  nullable    = false

  validation {
    condition     = var.reserved_concurrency == -1 || var.reserved_concurrency >= 1
    error_message = "reserved_concurrency must be -1 or at least 1; 0 would stop the function."
  }
}

variable "tags" {
  description = "Tags of everything in the module."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "timeout" {
  description = "Seconds after which an invocation is cut off."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.timeout >= 1 && var.timeout <= 900
    error_message = "timeout must be between 1 and 900 seconds."
  }
}

variable "vpc" {
  description = "Where in a network the function runs; outside of one without it."
  type        = object({ subnet_ids = list(string), security_group_ids = list(string) })
  default     = null
}
