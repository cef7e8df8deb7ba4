variable "http" {
  description = "The HTTP API: settings and grants of its function outside this module, what of it serves while its newest version is tried, and the requests a second that all routes together may take; the account's limits stand above."
  type = object({
    environment = map(string)
    grants      = map(object({ actions = list(string), resources = list(string) }))
    throttle    = optional(object({ rate = optional(number, 1000), burst = optional(number, 1000) }), {})
    release     = optional(object({ serving = string, share = optional(number, 0) }))
  })
  nullable = false

  validation {
    condition     = var.http.throttle.rate >= 1 && var.http.throttle.burst >= 1
    error_message = "http.throttle.rate and http.throttle.burst must be at least 1; 0 would stop the API."
  }
}
