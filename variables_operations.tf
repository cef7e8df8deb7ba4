variable "operations" {
  description = "How the platform is watched: the share of requests to trace (X-Ray's own default without it), what the health check still calls healthy, how many hours lie between two reconciliations, and how long the intake keeps a line and when it leaves its own."
  type = object({
    trace_share     = optional(number)
    reconcile_hours = optional(number, 1)
    health = optional(object({
      waiting            = optional(number, 10000)
      oldest_seconds     = optional(number, 1200)
      in_flight_percent  = optional(number, 80)
      dead_letters       = optional(number, 0)
      table_milliseconds = optional(number, 1000)
      cache_milliseconds = optional(number, 500)
      canary_seconds     = optional(number, 20)
    }), {})
    intake = optional(object({
      keep_days = optional(number, 30)
      schedule  = optional(object({ cron = optional(string, "0 3 * * ? *"), time_zone = optional(string, "UTC") }), {})
    }), {})
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.operations.trace_share == null ? true : var.operations.trace_share >= 0 && var.operations.trace_share <= 1
    error_message = "operations.trace_share must be between 0 and 1."
  }
}
