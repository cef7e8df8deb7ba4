variable "account_id" {
  description = "Account that the module's resources live in."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must have 12 digits."
  }
}

variable "environment" {
  description = "Environment variables of the function: the name of the table that it writes to."
  type        = map(string)
  nullable    = false
}

variable "grants" {
  description = "What the function may do outside this module, by name: write to that table."
  type        = map(object({ actions = list(string), resources = list(string) }))
  nullable    = false
}

variable "keep_days" {
  description = "How long a line is kept in the ledger."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.keep_days >= 1 && var.keep_days <= 3653 && floor(var.keep_days) == var.keep_days
    error_message = "keep_days must be a whole number between 1 and 3653, which is ten years."
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

variable "permissions_boundary" {
  description = "Most that the module's roles may do, as the ARN of a policy; nothing narrower without it."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary == null || can(regex("^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[^*?]+$", var.permissions_boundary))
    error_message = "permissions_boundary must be the ARN of a policy."
  }
}

variable "schedule" {
  description = "When the platform records an event of its own; cron has minutes, hours, days, months, weekdays and years in the time zone."
  type        = object({ cron = optional(string, "0 3 * * ? *"), time_zone = optional(string, "UTC") })
  default     = {}
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{1,2} [0-9]{1,2} ([0-9A-Z*?,/#-]+ ){3}[0-9A-Z*?,/#-]+$", var.schedule.cron))
    error_message = "schedule.cron must have six fields, as in \"0 3 * * ? *\", and one minute of one hour: it is for once a day."
  }

  validation {
    condition     = can(regex("^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$", var.schedule.time_zone))
    error_message = "schedule.time_zone must be a time zone by its name, as in Europe/Berlin."
  }
}

variable "tags" {
  description = "Tags of everything in the module."
  type        = map(string)
  default     = {}
  nullable    = false
}
