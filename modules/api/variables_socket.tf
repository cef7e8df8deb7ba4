variable "socket" {
  description = "The WebSocket API: settings and grants of its function, what of it serves while its newest version is tried, the authorizer's zip, actions of other modules' functions, limits in messages a second, and whether to set the account's role for logs."
  type = object({
    environment        = map(string)
    grants             = map(object({ actions = list(string), resources = list(string) }))
    authorizer_package = string
    routes             = optional(map(object({ name = string, alias_arn = string })), {})
    throttle           = optional(object({ rate = optional(number, 2000), burst = optional(number, 2000) }), {})
    sets_log_role      = optional(bool, false)
    release            = optional(object({ serving = string, share = optional(number, 0) }))
  })
  nullable = false

  validation {
    condition     = alltrue([for key in keys(var.socket.routes) : can(regex("^[a-z][a-z0-9_]*$", key))])
    error_message = "socket.routes must be keyed by action, as in \"leaderboard\": a letter first, then lower-case letters, digits and underscores."
  }

  validation {
    condition     = length(setintersection(keys(var.socket.routes), local.socket_actions)) == 0
    error_message = "socket.routes must not hold an action of the socket function; it would take the place of that one."
  }

  validation {
    condition     = var.socket.throttle.rate >= 1 && var.socket.throttle.burst >= 1
    error_message = "socket.throttle.rate and socket.throttle.burst must be at least 1; 0 would stop the WebSocket API."
  }
}
