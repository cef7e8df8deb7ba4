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

variable "custom_domain" {
  description = "Domain name to answer under, and its certificate in the same region; none for the API's own address. The WebSocket API takes another name of the same certificate."
  type        = object({ name = string, certificate_arn = string, websocket_name = optional(string) })
  default     = null
}

variable "deletion_protection" {
  description = "Whether what holds data refuses to be deleted."
  type        = bool
  default     = true
  nullable    = false
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

variable "routes" {
  description = "Routes of other modules' functions, by method and path; a user has to be signed in unless the route is public."
  type = map(object({
    function = object({ name = string, alias_arn = string })
    public   = optional(bool, false)
    throttle = optional(object({ rate = number, burst = number }))
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.routes) : can(regex("^(DELETE|GET|HEAD|PATCH|POST|PUT) /[^ ?*]*$", key))])
    error_message = "routes must be keyed by method and path, as in \"GET /leaderboard/{quiz_id}\"; OPTIONS is answered without a function, and ANY would take it along."
  }

  validation {
    condition     = length(setintersection(keys(var.routes), keys(local.http_routes))) == 0
    error_message = "routes must not hold a route of the http function; it would take the place of that one."
  }
}

variable "sign_in" {
  description = "How people sign in: second factor, protection, life of tokens, and the SES identity that e-mails come from."
  type = object({
    mfa                   = optional(string, "OPTIONAL")
    threat_protection     = optional(string, "OFF")
    token_minutes         = optional(number, 30)
    refresh_token_days    = optional(number, 30)
    rotate_refresh_tokens = optional(bool, true)
    extra_auth_flows      = optional(list(string), [])
    email_sender          = optional(object({ identity_arn = string, from = string }))
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["OFF", "OPTIONAL", "ON"], var.sign_in.mfa)
    error_message = "sign_in.mfa must be OFF, OPTIONAL or ON."
  }

  validation {
    condition     = contains(["OFF", "AUDIT", "ENFORCED"], var.sign_in.threat_protection)
    error_message = "sign_in.threat_protection must be OFF, AUDIT or ENFORCED."
  }

  validation {
    condition     = var.sign_in.token_minutes >= 15 && var.sign_in.token_minutes <= 60
    error_message = "sign_in.token_minutes must be between 15 and 60: until then a token works, whatever was revoked."
  }

  validation {
    condition     = var.sign_in.refresh_token_days >= 1 && var.sign_in.refresh_token_days <= 365
    error_message = "sign_in.refresh_token_days must be between 1 and 365."
  }

  validation {
    condition     = length(setsubtract(var.sign_in.extra_auth_flows, ["ADMIN_USER_PASSWORD_AUTH", "USER_AUTH", "USER_PASSWORD_AUTH"])) == 0
    error_message = "sign_in.extra_auth_flows must be ADMIN_USER_PASSWORD_AUTH, USER_AUTH or USER_PASSWORD_AUTH."
  }
}

variable "tags" {
  description = "Tags of everything in the module."
  type        = map(string)
  default     = {}
  nullable    = false
}
