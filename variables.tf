variable "account_id" {
  description = "Account that the environment lives in; applying to any other is refused."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must have 12 digits."
  }
}

variable "alert_emails" {
  description = "Addresses that get every alert; each has to confirm once."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "allowed_origins" {
  description = "Origins of the web pages that may call from a browser, as https://host."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "cache" {
  description = "The leaderboards' cache: one of its own, or an existing one in a network of yours."
  type = object({
    own = optional(object({
      node_type      = optional(string, "cache.t4g.small")
      port           = optional(number, 6379)
      replicas       = optional(number, 1)
      engine_version = optional(string, "8.0")
      snapshot_days  = optional(number, 0)
      kms_key_arn    = optional(string)
      tls            = optional(bool, true)
      iam_auth       = optional(bool, true)
    }), {})
    existing = optional(object({
      host              = string
      port              = optional(number, 6379)
      tls               = optional(bool, true)
      security_group_id = string
      iam_auth          = optional(object({ name = string, user = string, grant = object({ actions = list(string), resources = list(string) }) }))
    }))
    network = optional(object({ vpc_id = string, subnet_ids = list(string), dynamodb_prefix_list_id = string }))
  })
  default  = {}
  nullable = false
}

variable "custom_domain" {
  description = "Domain name that the API answers under, and its certificate in the same region; none for its own address."
  type        = object({ name = string, certificate_arn = string })
  default     = null
}

variable "environment" {
  description = "Name of the environment: part of every name, and a tag of everything."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,18}[a-z0-9]$", var.environment))
    error_message = "environment must have 2 to 20 lower-case letters, digits and hyphens, a letter first and no hyphen last."
  }
}

variable "live" {
  description = "Live quizzes: how many winners are announced, which are played by themselves, and how many broadcasts run at once."
  type = object({
    winners        = optional(number, 3)
    max_broadcasts = optional(number, 50)
    schedules = optional(map(object({
      quiz_id       = string
      cron          = string
      time_zone     = optional(string, "UTC")
      lobby_seconds = optional(number)
      enabled       = optional(bool, true)
    })), {})
  })
  default  = {}
  nullable = false
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 30
  nullable    = false
}

variable "package_dir" {
  description = "Folder of the zips that tools/package built."
  type        = string
  default     = "build/lambda"
  nullable    = false
}

variable "protect_data" {
  description = "Whether tables, buckets and users refuse to be deleted; tables can then be restored to any second of the last 35 days."
  type        = bool
  default     = true
  nullable    = false
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
}

variable "runbook_url" {
  description = "Address of the folder that holds the runbooks, for the links in alerts."
  type        = string
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
