variable "dead_letter_retention_days" {
  description = "How long a rejected submission waits for a person; its age starts anew when it is set aside."
  type        = number
  default     = 14
  nullable    = false

  validation {
    condition     = var.dead_letter_retention_days > var.retention_days && var.dead_letter_retention_days <= 14
    error_message = "dead_letter_retention_days must exceed retention_days and be at most 14."
  }
}

variable "environment" {
  description = "Environment variables of the processor: the names of the tables it works on."
  type        = map(string)
  nullable    = false
}

variable "grants" {
  description = "What the processor may do outside this module, by name."
  type        = map(object({ actions = list(string), resources = list(string) }))
  nullable    = false
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 30
  nullable    = false
}

variable "max_concurrency" {
  description = "Most batches processed at once; also reserved for the processor, so that no flood elsewhere starves it."
  type        = number
  default     = 20
  nullable    = false

  validation {
    condition     = var.max_concurrency >= 2 && var.max_concurrency <= 1000
    error_message = "max_concurrency must be between 2 and 1000."
  }
}

variable "max_receives" {
  description = "Deliveries of a message before it is set aside."
  type        = number
  default     = 5
  nullable    = false

  validation {
    condition     = var.max_receives >= 5 && var.max_receives <= 1000
    error_message = "max_receives must be between 5 and 1000: with fewer, a short throttle sets good submissions aside."
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

variable "producer_arns" {
  description = "Accounts, users or roles, also of other accounts, that may post submissions."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.producer_arns : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:(root|role/[^*?]+|user/[^*?]+)$", arn))])
    error_message = "producer_arns must be ARNs of accounts (…:root), roles or users; \"*\" would let anybody post."
  }
}

variable "retention_days" {
  description = "How long an unprocessed submission is kept."
  type        = number
  default     = 4
  nullable    = false

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 13
    error_message = "retention_days must be between 1 and 13, so that the dead-letter queue can keep longer."
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

variable "trust_inline_keys" {
  description = "Whether a submission may bring its own key; whoever may post could then choose the score."
  type        = bool
  default     = false
  nullable    = false
}

variable "visibility_timeout" {
  description = "Seconds that a failed submission waits before its next delivery."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.visibility_timeout >= 6 * var.timeout && var.visibility_timeout <= 43200
    error_message = "visibility_timeout must be at least 6 x timeout (${6 * var.timeout} s) and at most 43200."
  }
}
