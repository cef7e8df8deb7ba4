variable "account_id" {
  description = "Account that the module's resources live in."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must have 12 digits."
  }
}

variable "calls" {
  description = "What is due when, by name: which target is called, by a cron or a rate in the time zone, and what it is told, as JSON in which Scheduler fills in <aws.scheduler.scheduled-time>."
  type = map(object({
    description = string
    target      = string
    expression  = string
    time_zone   = optional(string, "UTC")
    input       = optional(string, "{}")
    enabled     = optional(bool, true)
  }))
  nullable = false

  validation {
    condition     = alltrue([for call in var.calls : contains(keys(var.targets), call.target)])
    error_message = "calls must name their target by a key of targets."
  }
}

variable "failures" {
  description = "Standard queue that takes what could not be delivered."
  type        = object({ arn = string })
  nullable    = false
}

variable "group" {
  description = "Last part of the group's name: what the schedules are for."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,15}$", var.group))
    error_message = "group must have 1 to 16 lower-case letters and digits, a letter first."
  }
}

variable "name_prefix" {
  description = "First part of every name, as service-environment."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name_prefix))
    error_message = "name_prefix must have 3 to 32 lower-case letters, digits and hyphens, a letter first and no hyphen last."
  }
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

variable "retry" {
  description = "How long and how often Scheduler tries again, until it sets aside what was due."
  type        = object({ seconds = number, attempts = number })
  nullable    = false

  validation {
    condition     = var.retry.seconds >= 60 && var.retry.seconds <= 86400 && var.retry.attempts >= 0 && var.retry.attempts <= 185
    error_message = "retry must be between 60 and 86400 seconds and between 0 and 185 attempts."
  }
}

variable "tags" {
  description = "Tags of everything in the module."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "targets" {
  description = "ARNs of the functions' aliases that are called, by the first part of the permission's name."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.targets) : can(regex("^[A-Z][A-Za-z0-9]*$", name))])
    error_message = "targets must be named by letters and digits, a capital first: the names of permissions begin with them."
  }
}
