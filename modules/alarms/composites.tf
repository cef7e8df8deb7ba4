# One outage is one page: the causes that would each wake somebody are alarms without actions, and one alarm for each pillar
# of the platform speaks for all of them, also when it is over.
locals {
  outages = {
    adaptive    = "Students cannot practise."
    live        = "Live quizzes stand still, or players do not see what happens."
    platform    = "The API fails for many people."
    quizzes     = "Students cannot generate or submit quizzes."
    submissions = "Submissions of an LMS are not scored."
  }

  pages = {
    for pillar in keys(local.outages) : pillar => [for name, alarm in local.alarms : name if alarm.severity == "page" && alarm.pillar == pillar]
    if anytrue([for alarm in values(local.alarms) : alarm.severity == "page" && alarm.pillar == pillar])
  }

  outage_rules = {
    for pillar, names in local.pages : pillar => join(" OR ", [for name in names : "ALARM(\"${aws_cloudwatch_metric_alarm.this[name].alarm_name}\")"])
  }

  outage_descriptions = {
    for pillar, names in local.pages : pillar => join("\n", [
      local.outages[pillar],
      "Why: Each of these alone is reason enough: ${join(", ", names)}.",
      "Severity: page",
      "Pillar: ${pillar}",
      "Runbook: ${var.runbook_url}/${pillar}-down.md",
    ])
  }

  # These share the platform's API: when it is down as a whole, that is what has to be told, and not they as well.
  behind_the_platform = contains(keys(local.pages), "platform") ? ["adaptive", "quizzes"] : []
}

resource "aws_cloudwatch_composite_alarm" "outage" {
  for_each = { for pillar, rule in local.outage_rules : pillar => rule if !contains(local.behind_the_platform, pillar) }

  alarm_name        = "${var.name_prefix}-${each.key}-down"
  alarm_description = local.outage_descriptions[each.key]
  alarm_rule        = each.value
  alarm_actions     = [aws_sns_topic.alerts.arn]
  ok_actions        = [aws_sns_topic.alerts.arn]
  tags              = var.tags
}

resource "aws_cloudwatch_composite_alarm" "behind_the_platform" {
  for_each = { for pillar, rule in local.outage_rules : pillar => rule if contains(local.behind_the_platform, pillar) }

  alarm_name        = "${var.name_prefix}-${each.key}-down"
  alarm_description = local.outage_descriptions[each.key]
  alarm_rule        = each.value
  alarm_actions     = [aws_sns_topic.alerts.arn]
  ok_actions        = [aws_sns_topic.alerts.arn]
  tags              = var.tags

  # The same failures are counted in the same minutes; what belongs together is known after two more.
  actions_suppressor {
    alarm            = aws_cloudwatch_composite_alarm.outage["platform"].alarm_name
    wait_period      = 120
    extension_period = 120
  }
}
