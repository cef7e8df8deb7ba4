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

variable "deletion_protection" {
  description = "Whether what holds data refuses to be deleted."
  type        = bool
  default     = true
  nullable    = false
}

variable "event_bus" {
  description = "Where results are announced: the bus and the grant to publish on it."
  type = object({
    name  = string
    grant = object({ actions = list(string), resources = list(string) })
  })
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

variable "point_in_time_recovery" {
  description = "Whether tables can be restored to any second of the last 35 days."
  type        = bool
  default     = true
  nullable    = false
}

variable "tags" {
  description = "Tags of everything in the module."
  type        = map(string)
  default     = {}
  nullable    = false
}
