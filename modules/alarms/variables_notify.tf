variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 30
  nullable    = false
}

variable "package" {
  description = "Path of the zip that tools/package built."
  type        = string
}

variable "state" {
  description = "The table that remembers what was told of each alarm, and what the notify function may do with it."
  type        = object({ table = string, grant = object({ actions = list(string), resources = list(string) }) })
  nullable    = false
}

variable "subscribers" {
  description = "Who gets every alert: e-mail addresses, each of which has to confirm once; HTTPS endpoints that confirm themselves; and a chat, whose webhook's address is in a parameter of SSM (a SecureString), under AWS's own key or the one named."
  type = object({
    emails          = optional(set(string), [])
    https_endpoints = optional(set(string), [])
    webhook         = optional(object({ parameter = string, kms_key_arn = optional(string) }))
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for email in var.subscribers.emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", email))])
    error_message = "subscribers.emails must be e-mail addresses."
  }

  validation {
    condition     = alltrue([for endpoint in var.subscribers.https_endpoints : can(regex("^https://[^/?#\\s]+\\S*$", endpoint))])
    error_message = "subscribers.https_endpoints must be addresses that begin with https://."
  }

  validation {
    condition     = var.subscribers.webhook == null ? true : can(regex("^(/?[A-Za-z0-9_.-]+|(/[A-Za-z0-9_.-]+)+)$", var.subscribers.webhook.parameter))
    error_message = "subscribers.webhook.parameter must be the name of a parameter, such as /quiz/production/webhook, and not the address itself."
  }

  validation {
    condition = (
      try(var.subscribers.webhook.kms_key_arn, null) == null
      ? true : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.subscribers.webhook.kms_key_arn))
    )
    error_message = "subscribers.webhook.kms_key_arn must be the ARN of a key, not of an alias."
  }
}
