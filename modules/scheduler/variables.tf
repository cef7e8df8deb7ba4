variable "account_id" {
  description = "Account that the module's resources live in."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "account_id must have 12 digits."
  }
}

variable "broadcast" {
  description = "The function that posts to players: its settings and grants outside this module, and how many work at once."
  type = object({
    environment     = map(string)
    grants          = map(object({ actions = list(string), resources = list(string) }))
    max_concurrency = optional(number, 50)
  })
  nullable = false

  validation {
    condition     = var.broadcast.max_concurrency >= 2 && var.broadcast.max_concurrency <= 1000
    error_message = "broadcast.max_concurrency must be between 2 and 1000."
  }
}

variable "clock" {
  description = "The function that moves games on: its settings and grants outside this module."
  type = object({
    environment = map(string)
    grants      = map(object({ actions = list(string), resources = list(string) }))
  })
  nullable = false
}

variable "event_bus" {
  description = "Where results are announced: the bus and the grant to publish on it."
  type = object({
    name  = string
    grant = object({ actions = list(string), resources = list(string) })
  })
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 30
  nullable    = false
}

variable "name_prefix" {
  description = "First part of every name, as service-environment."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name_prefix))
    error_message = "name_prefix must have 3 to 32 lower-case letters, digits and hyphens, a letter first and no hyphen last."
  }
}

variable "package" {
  description = "Path of the zip that tools/package built."
  type        = string
}

variable "permissions_boundary" {
  description = "Most that the module's roles may do, as the ARN of a policy; nothing narrower without it."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary == null || can(regex("^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[^*?]+$", var.permissions_boundary))
    error_message = "permissions_boundary must be the ARN of a policy."
  }
}

variable "schedules" {
  description = "Quizzes that are played by themselves, by name; cron has minutes, hours, days, months, weekdays and years in the time zone."
  type = map(object({
    quiz_id       = string
    cron          = string
    time_zone     = optional(string, "UTC")
    lobby_seconds = optional(number)
    enabled       = optional(bool, true)
  }))
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.schedules) : can(regex("^[A-Za-z0-9_.-]{1,64}$", name))])
    error_message = "schedules must be named by 1 to 64 letters, digits, dots, hyphens and underscores."
  }

  validation {
    condition     = alltrue([for schedule in values(var.schedules) : can(regex("^[!-~]{1,128}$", schedule.quiz_id))])
    error_message = "schedules must name a quiz by its id: 1 to 128 characters without blanks."
  }

  validation {
    condition     = alltrue([for schedule in values(var.schedules) : can(regex("^[0-9A-Z*?,/#-]+( [0-9A-Z*?,/#-]+){5}$", schedule.cron))])
    error_message = "schedules must have a cron of six fields, as in \"0 9 ? * MON-FRI *\"."
  }

  validation {
    condition     = alltrue([for schedule in values(var.schedules) : can(regex("^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$", schedule.time_zone))])
    error_message = "schedules must have a time zone by its name, as in Europe/Berlin."
  }

  validation {
    condition = alltrue([
      for schedule in values(var.schedules) :
      try(schedule.lobby_seconds >= 0 && schedule.lobby_seconds <= 900 && floor(schedule.lobby_seconds) == schedule.lobby_seconds, schedule.lobby_seconds == null)
    ])
    error_message = "schedules must have whole lobby_seconds between 0 and 900, or none for what the quiz itself says."
  }
}

variable "tags" {
  description = "Tags of everything in the module."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "websocket" {
  description = "The API whose connections the broadcast function posts to, and the grant to do so."
  type = object({
    api_id = string
    stage  = string
    grant  = object({ actions = list(string), resources = list(string) })
  })
  nullable = false
}

variable "winners" {
  description = "How many of the best of each game are announced on the winners topic."
  type        = number
  default     = 3
  nullable    = false

  validation {
    condition     = var.winners >= 1 && var.winners <= 100 && floor(var.winners) == var.winners
    error_message = "winners must be a whole number between 1 and 100."
  }
}
