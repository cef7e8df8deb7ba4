variable "release" {
  description = "What serves while the newest version is tried: the version that goes on serving, and the share of invocations, from 0 to 1, that the newest gets. Without it the newest serves at once."
  type        = object({ serving = string, share = optional(number, 0) })
  default     = null

  validation {
    condition     = var.release == null ? true : can(regex("^[1-9][0-9]*$", var.release.serving))
    error_message = "release.serving must be the number of a published version."
  }

  validation {
    condition     = var.release == null ? true : var.release.share >= 0 && var.release.share < 1
    error_message = "release.share must be at least 0 and less than 1; the whole is no release at all."
  }
}
