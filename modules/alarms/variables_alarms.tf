variable "alarms" {
  description = "What to watch, by name: one metric, or an expression over several; why these numbers; docs/runbooks holds a page of the same name for each, or of the name in runbook."
  type = map(object({
    description  = string
    reason       = string
    severity     = string
    pillar       = optional(string)
    namespace    = optional(string)
    metric       = optional(string)
    statistic    = optional(string)
    dimensions   = optional(map(string), {})
    expression   = optional(string)
    metrics      = optional(map(object({ namespace = string, metric = string, statistic = string, dimensions = map(string) })), {})
    threshold    = number
    periods      = number
    datapoints   = number
    comparison   = optional(string, "GreaterThanThreshold")
    period       = optional(number, 60)
    missing_data = optional(string, "notBreaching")
    runbook      = optional(string)
    functions    = optional(list(string), [])
    direct       = optional(bool, false)
  }))
  nullable = false

  validation {
    condition     = alltrue([for name in keys(var.alarms) : can(regex("^[a-z0-9-]+$", name))])
    error_message = "alarms must be named by lower-case letters, digits and hyphens."
  }

  validation {
    condition = length(setintersection(keys(var.alarms), [
      for parts in setproduct(concat(keys(var.functions), ["notify"]), ["errors", "looping", "slow", "throttled", "undelivered"]) : join("-", parts)
    ])) == 0
    error_message = "alarms must not hold the name of an alarm that every function has, such as http-errors; it would take the place of that one."
  }

  validation {
    condition     = alltrue([for alarm in values(var.alarms) : contains(["page", "ticket"], alarm.severity)])
    error_message = "severity must be page (wakes a person) or ticket (waits until morning)."
  }

  validation {
    condition     = alltrue([for alarm in values(var.alarms) : alarm.pillar == null ? true : contains(keys(local.outages), alarm.pillar)])
    error_message = "pillar must be one of ${join(", ", keys(local.outages))}."
  }

  validation {
    condition     = alltrue([for alarm in values(var.alarms) : alarm.severity != "page" || alarm.pillar != null])
    error_message = "A page must name its pillar, whose alarm is what wakes a person."
  }

  validation {
    condition     = alltrue([for alarm in values(var.alarms) : alarm.severity != "page" || !alarm.direct])
    error_message = "A page cannot be direct: the alarm of its pillar tells of it."
  }

  validation {
    condition = alltrue([
      for alarm in values(var.alarms) : (
        alarm.expression == null
        ? alarm.namespace != null && alarm.metric != null && alarm.statistic != null && length(alarm.metrics) == 0
        : alarm.namespace == null && alarm.metric == null && alarm.statistic == null && length(alarm.dimensions) == 0
      )
    ])
    error_message = "alarms must watch either one metric (namespace, metric, statistic and dimensions) or an expression over metrics, and not both."
  }

  validation {
    condition = alltrue([
      for alarm in values(var.alarms) : alarm.expression == null || (length(alarm.metrics) >= 1 && length(alarm.metrics) <= 10)
    ])
    error_message = "An expression must be made of 1 to 10 metrics; CloudWatch takes no more."
  }

  validation {
    condition = alltrue([
      for alarm in values(var.alarms) : alltrue([for id in keys(alarm.metrics) : id != "result" && can(regex("^[a-z][A-Za-z0-9_]*$", id))])
    ])
    error_message = "metrics must be named by a lower-case letter, then letters, digits and underscores, and not result, which is the expression's own name."
  }

  validation {
    condition = alltrue([
      for alarm in values(var.alarms) : alarm.expression == null ? true : toset(regexall("\\b[a-z]\\w*", alarm.expression)) == toset(keys(alarm.metrics))
    ])
    error_message = "An expression must use each of its metrics, and nothing else by a name in lower case."
  }

  validation {
    condition = alltrue(flatten([
      for alarm in values(var.alarms) : [
        for statistic in concat(compact([alarm.statistic]), values(alarm.metrics)[*].statistic) :
        can(regex("^(Average|Maximum|Minimum|SampleCount|Sum|p[0-9]{2}(\\.[0-9]+)?)$", statistic))
      ]
    ]))
    error_message = "statistic must be Average, Maximum, Minimum, SampleCount, Sum or a percentile such as p99."
  }

  validation {
    condition     = alltrue([for alarm in values(var.alarms) : alarm.datapoints >= 1 && alarm.datapoints <= alarm.periods])
    error_message = "datapoints counts breaching periods among the last periods, so it is 1 at least and cannot exceed them."
  }

  validation {
    condition = alltrue([
      for alarm in values(var.alarms) : alarm.period >= 60 && alarm.period % 60 == 0 && alarm.period * alarm.periods <= (alarm.period < 3600 ? 86400 : 604800)
    ])
    error_message = "period must be a multiple of 60 seconds; all periods may last a day at most, or seven days if each lasts an hour or longer."
  }

  validation {
    condition = alltrue([
      for alarm in values(var.alarms) : contains(["GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanOrEqualToThreshold", "LessThanThreshold"], alarm.comparison)
    ])
    error_message = "comparison must be GreaterThanThreshold, GreaterThanOrEqualToThreshold, LessThanThreshold or LessThanOrEqualToThreshold."
  }

  validation {
    condition     = alltrue([for alarm in values(var.alarms) : contains(["breaching", "ignore", "missing", "notBreaching"], alarm.missing_data)])
    error_message = "missing_data must be notBreaching (silence is good news), breaching (silence is the trouble), ignore or missing."
  }
}
