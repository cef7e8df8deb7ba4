variable "account_id" {
  description = "Account that everything is made in; applying to any other is refused."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must have 12 digits."
  }
}

variable "environments" {
  description = "Environments that live in this account; each gets a role of its own that applies it."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.environments) > 0 && alltrue([for name in var.environments : can(regex("^[a-z][a-z0-9-]{0,18}[a-z0-9]$", name))])
    error_message = "environments must name at least one; names have 2 to 20 lower-case letters, digits and hyphens, a letter first and no hyphen last."
  }

  validation {
    condition     = alltrue([for name in var.environments : !can(regex("^(apply|bootstrap|plan)(-|$)", name))])
    error_message = "environments must not be named apply, bootstrap or plan, nor begin with one of them and a hyphen: their roles could reach what this directory makes."
  }

  validation {
    condition     = alltrue([for pair in setproduct(var.environments, var.environments) : !startswith(pair[0], "${pair[1]}-")])
    error_message = "environments must not begin with another one's name and a hyphen: what is named after the longer would belong to both."
  }
}

variable "identity_provider_arn" {
  description = "GitHub's identity provider, where the account has one already; an account can have only one."
  type        = string
  default     = null

  validation {
    condition = (
      var.identity_provider_arn == null
      || can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:oidc-provider/token\\.actions\\.githubusercontent\\.com$", var.identity_provider_arn))
    )
    error_message = "identity_provider_arn must be the ARN of the account's OIDC provider for token.actions.githubusercontent.com."
  }
}

variable "main_branch" {
  description = "Branch from which environments are planned every night."
  type        = string
  default     = "main"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9._/-]*$", var.main_branch))
    error_message = "main_branch must be the name of one branch; patterns are refused."
  }
}

variable "region" {
  description = "Region of the bucket of states, and of the environments."
  type        = string
}

variable "repository" {
  description = "Repository on GitHub whose workflows may sign in, as owner/name."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$", var.repository))
    error_message = "repository must be owner/name; patterns are refused, since they would let other repositories in."
  }
}

variable "state_retention_days" {
  description = "How long earlier versions of a state are kept."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = var.state_retention_days >= 7
    error_message = "state_retention_days must be at least 7: a broken state is not always noticed at once."
  }
}
