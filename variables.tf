variable "account_id" {
  description = "Account that the environment lives in; applying to any other is refused."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must have 12 digits."
  }
}

variable "alerts" {
  description = "Who is told when something is wrong: the folder of the runbooks that alerts link to, e-mail addresses (each has to confirm once), HTTPS endpoints, and a chat's webhook by the name of the SecureString that holds its address."
  type = object({
    runbook_url     = string
    emails          = optional(set(string), [])
    https_endpoints = optional(set(string), [])
    webhook         = optional(object({ parameter = string, kms_key_arn = optional(string) }))
  })
  nullable = false
}

variable "allowed_origins" {
  description = "Origins of the web pages that may call from a browser, as https://host."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "custom_domain" {
  description = "Domain names that the APIs answer under, and their certificate in the same region; none for their own addresses."
  type        = object({ name = string, certificate_arn = string, websocket_name = optional(string) })
  default     = null
}

variable "environment" {
  description = "Name of the environment: part of every name, and a tag of everything."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,18}[a-z0-9]$", var.environment))
    error_message = "environment must have 2 to 20 lower-case letters, digits and hyphens, a letter first and no hyphen last."
  }
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 30
  nullable    = false
}

variable "protection" {
  description = "What the environment is guarded by: whether its data refuses to be deleted (tables can then be restored to any second of the last 35 days), and the policy that no role of it may exceed."
  type        = object({ data = optional(bool, true), permissions_boundary = optional(string) })
  default     = {}
  nullable    = false

  validation {
    condition = (
      var.protection.permissions_boundary == null
      || can(regex("^arn:aws[a-z-]*:iam::(${var.account_id}|aws):policy/[^*?]+$", var.protection.permissions_boundary))
    )
    error_message = "protection.permissions_boundary must be the ARN of a policy of the environment's own account."
  }
}

variable "recommender_arn" {
  description = "Recommender or campaign of Amazon Personalize that suggests questions; without one they are drawn."
  type        = string
  default     = null

  validation {
    condition     = var.recommender_arn == null || can(regex("^arn:aws[a-z-]*:personalize:[a-z0-9-]+:[0-9]{12}:(campaign|recommender)/[^*?/]+$", var.recommender_arn))
    error_message = "recommender_arn must be the ARN of a recommender or of a campaign."
  }
}

variable "region" {
  description = "Region that the environment lives in."
  type        = string
  nullable    = false
}

variable "release" {
  description = "What is released: the folder of the zips that tools/package built; and while a release is tried, which version of each function goes on serving, by short name, and the share of calls, from 0 to 1, that the newest gets."
  type = object({
    package_dir = optional(string, "build/lambda")
    serving     = optional(map(string), {})
    share       = optional(number, 0)
  })
  default  = {}
  nullable = false
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
}

variable "submissions" {
  description = "The queue of submissions: who may post, how many batches run at once, and whether a submission may bring its own key."
  type = object({
    producer_arns     = optional(list(string), [])
    max_concurrency   = optional(number, 20)
    trust_inline_keys = optional(bool, false)
  })
  default  = {}
  nullable = false
}
