variable "account_id" {
  description = "Account that the module's resources live in."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must have 12 digits."
  }
}

variable "functions" {
  description = "Functions to watch, by their short name, as each tells in its output watch; those that set aside what failed are asynchronous."
  type        = map(object({ name = string, timeout = number, asynchronous = bool }))
  default     = {}
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

variable "permissions_boundary" {
  description = "Most that the module's roles may do, as the ARN of a policy; nothing narrower without it."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary == null || can(regex("^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[^*?]+$", var.permissions_boundary))
    error_message = "permissions_boundary must be the ARN of a policy."
  }
}

variable "runbook_url" {
  description = "Address of the folder that holds the runbooks."
  type        = string
}

variable "tags" {
  description = "Tags of everything in the module."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "watched" {
  description = "What the dashboards show beside functions: the APIs' ids, the cache's nodes, and names of queues and tables by their short name."
  type = object({
    cache_nodes      = optional(list(string), [])
    http_api_id      = optional(string)
    queues           = optional(map(string), {})
    tables           = optional(map(string), {})
    websocket_api_id = optional(string)
  })
  default  = {}
  nullable = false
}
