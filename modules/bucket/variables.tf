variable "access_logs" {
  description = "Bucket of access logs: S3 writes down there who reads and writes files, and when; none for no such log."
  type        = object({ bucket = string })
  default     = null
}

variable "account_id" {
  description = "Account that the module's resources live in."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must have 12 digits."
  }
}

variable "allowed_origins" {
  description = "Origins of the web pages that may call from a browser, as https://host."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition = alltrue([
      for origin in var.allowed_origins : can(regex("^(https://[^*/]+|http://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?)$", origin))
    ])
    error_message = "allowed_origins must be https://host without a path or \"*\"; http is for localhost alone."
  }
}

variable "deletion_protection" {
  description = "Whether what holds data refuses to be deleted."
  type        = bool
  default     = true
  nullable    = false
}

variable "expire_days" {
  description = "Days after which objects are deleted; never without it."
  type        = number
  default     = null

  validation {
    condition     = var.expire_days == null ? true : var.expire_days >= 1
    error_message = "expire_days must be at least 1."
  }
}

variable "log_sources" {
  description = "ARNs of the buckets whose access log S3 may write here, as the last part of a chain: this one has none itself."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = length(var.log_sources) == 0 || var.access_logs == null
    error_message = "log_sources and access_logs exclude each other: a log of a log would go on for ever."
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

variable "prefix" {
  description = "What the keys begin with that functions may be granted, and that tiers and expire_days are about."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9-]+/)*$", var.prefix))
    error_message = "prefix must be empty or folders of lower-case letters, digits and hyphens, each ending with a slash."
  }
}

variable "purpose" {
  description = "Last part of the bucket's name: what it holds."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]{1,16}$", var.purpose))
    error_message = "purpose must have 1 to 16 lower-case letters and digits."
  }
}

variable "tags" {
  description = "Tags of everything in the module."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "tiers" {
  description = "Days after which objects move to a cheaper storage class, by its name."
  type        = map(number)
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.tiers), ["STANDARD_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"])) == 0
    error_message = "tiers must be among STANDARD_IA, GLACIER_IR, GLACIER and DEEP_ARCHIVE."
  }

  validation {
    condition     = var.expire_days == null ? true : max(0, values(var.tiers)...) < var.expire_days
    error_message = "tiers must come before expire_days; what is deleted moves nowhere."
  }

  validation {
    condition     = length(var.tiers) > 0 || var.expire_days != null
    error_message = "tiers must name at least one class where nothing expires: what stays for ever must not stay at the highest price."
  }

  validation {
    condition     = alltrue([for days in values(var.tiers) : days >= 30])
    error_message = "tiers must leave objects where they are for at least 30 days; S3 refuses less for STANDARD_IA."
  }
}
