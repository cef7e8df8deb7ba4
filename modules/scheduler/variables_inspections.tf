variable "health" {
  description = "The function that looks at everything every five minutes: its settings and grants outside this module, the topic that it tells people on, what it looks at besides this module's queues, and what is still healthy."
  type = object({
    environment  = map(string)
    grants       = map(object({ actions = list(string), resources = list(string) }))
    alerts       = object({ arn = string, grant = object({ actions = list(string), resources = list(string) }) })
    queues       = map(object({ url = string, arn = string }))
    dead_letters = map(object({ url = string, arn = string }))
    thresholds = optional(object({
      waiting            = optional(number, 10000)
      oldest_seconds     = optional(number, 1200)
      in_flight_percent  = optional(number, 80)
      dead_letters       = optional(number, 0)
      table_milliseconds = optional(number, 1000)
      cache_milliseconds = optional(number, 500)
      canary_seconds     = optional(number, 20)
    }), {})
  })
  nullable = false

  validation {
    condition     = contains(keys(var.health.queues), "submissions")
    error_message = "health.queues must hold the queue of submissions: the canary goes through it."
  }

  validation {
    condition     = alltrue([for name in concat(keys(var.health.queues), keys(var.health.dead_letters)) : can(regex("^[a-z][a-z0-9_]*$", name))])
    error_message = "health.queues and health.dead_letters must be named by lower-case letters, digits and underscores, a letter first."
  }

  validation {
    condition     = var.health.thresholds.waiting >= 1
    error_message = "health.thresholds.waiting must be at least 1: a message that has just come waits, too."
  }

  validation {
    condition     = var.health.thresholds.oldest_seconds >= 900
    error_message = "health.thresholds.oldest_seconds must be at least 900: timers of live quizzes are sent so long ahead."
  }

  validation {
    condition     = var.health.thresholds.in_flight_percent >= 1 && var.health.thresholds.in_flight_percent < 100
    error_message = "health.thresholds.in_flight_percent must be at least 1 and below 100, where SQS stops delivering."
  }

  validation {
    condition     = var.health.thresholds.dead_letters >= 0
    error_message = "health.thresholds.dead_letters must be at least 0."
  }

  validation {
    condition     = var.health.thresholds.table_milliseconds >= 50
    error_message = "health.thresholds.table_milliseconds must be at least 50; a healthy table takes up to that now and then."
  }

  validation {
    condition     = var.health.thresholds.cache_milliseconds >= 10
    error_message = "health.thresholds.cache_milliseconds must be at least 10; a healthy cache takes up to that now and then."
  }

  validation {
    condition     = var.health.thresholds.canary_seconds >= 5 && var.health.thresholds.canary_seconds <= 30
    error_message = "health.thresholds.canary_seconds must be between 5 and 30: a cold start takes some, and the check ends within a minute."
  }
}

variable "reconcile" {
  description = "The function that compares results, announcements and leaderboards with each other: its settings and grants outside this module, and every how many hours it does."
  type = object({
    environment = map(string)
    grants      = map(object({ actions = list(string), resources = list(string) }))
    hours       = optional(number, 1)
  })
  nullable = false

  validation {
    condition     = var.reconcile.hours >= 1 && var.reconcile.hours <= 24 && floor(var.reconcile.hours) == var.reconcile.hours
    error_message = "reconcile.hours must be a whole number between 1 and 24."
  }
}
