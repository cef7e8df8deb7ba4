variable "account_id" {
  description = "Account that the module's resources live in."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must have 12 digits."
  }
}

variable "alarms" {
  description = "What to watch, by name; docs/runbooks holds a page of the same name for each, or of the name in runbook."
  type = map(object({
    description  = string
    severity     = string
    namespace    = string
    metric       = string
    statistic    = string
    dimensions   = map(string)
    threshold    = number
    periods      = number
    datapoints   = number
    comparison   = optional(string, "GreaterThanThreshold")
    period       = optional(number, 60)
    missing_data = optional(string, "notBreaching")
    runbook      = optional(string)
  }))
  nullable = false

  validation {
    condition     = alltrue([for alarm in values(var.alarms) : contains(["page", "ticket"], alarm.severity)])
    error_message = "severity must be page (wakes a person) or ticket (waits until morning)."
  }

  validation {
    condition = alltrue([
      for alarm in values(var.alarms) : can(regex("^(Average|Maximum|Minimum|SampleCount|Sum|p[0-9]{2}(\\.[0-9]+)?)$", alarm.statistic))
    ])
    error_message = "statistic must be Average, Maximum, Minimum, SampleCount, Sum or a percentile such as p99."
  }

  validation {
    condition     = alltrue([for alarm in values(var.alarms) : alarm.datapoints <= alarm.periods])
    error_message = "datapoints counts breaching periods among the last periods, so it cannot exceed them."
  }
}

variable "alert_emails" {
  description = "Addresses that get every alert; each has to confirm once."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for email in var.alert_emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", email))])
    error_message = "alert_emails must be e-mail addresses."
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
