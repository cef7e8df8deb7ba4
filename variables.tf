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

variable "environment" {
  description = "Name of the environment: part of every name, and a tag of everything."
  type        = string

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

variable "max_concurrency" {
  description = "Most batches processed at once; also reserved for the processor, so that no flood elsewhere starves it."
  type        = number
  default     = 20
  nullable    = false
}

variable "package_dir" {
  description = "Folder of the zips that tools/package built."
  type        = string
  default     = "build/lambda"
  nullable    = false
}

variable "producer_arns" {
  description = "Accounts, users or roles, also of other accounts, that may post submissions."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "protect_data" {
  description = "Whether tables refuse to be deleted and can be restored to any second of the last 35 days."
  type        = bool
  default     = true
  nullable    = false
}

variable "region" {
  description = "Region that the environment lives in."
  type        = string
}

variable "runbook_url" {
  description = "Address of the folder that holds the runbooks, for the links in alerts."
  type        = string
}

variable "trust_inline_keys" {
  description = "Whether a submission may bring its own key; whoever may post could then choose the score."
  type        = bool
  default     = false
  nullable    = false
}
