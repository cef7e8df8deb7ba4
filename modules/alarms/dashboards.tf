# Two boards, each a list of widgets: how quizzes go (dashboards_business.tf), and how the machinery does
# (dashboards_mechanics.tf). A widget is what it shows; where it stands follows from its place in the list.
data "aws_region" "current" {}

locals {
  boards = {
    business  = local.business_widgets
    mechanics = local.mechanics_widgets
  }

  # CloudWatch's grid has 24 columns: three widgets in a row.
  widget_width  = 8
  widget_height = 6

  # What is down at all comes first on the board of the machinery.
  state_height = 3
  outage_arns  = [for pillar in keys(local.pages) : "arn:${local.partition}:cloudwatch:${local.here}:alarm:${var.name_prefix}-${pillar}-down"]

  states = {
    business = []
    mechanics = length(local.outage_arns) == 0 ? [] : [{
      type       = "alarm"
      x          = 0
      y          = 0
      width      = 24
      height     = local.state_height
      properties = { title = "What is down", alarms = local.outage_arns }
    }]
  }

  # In a list of CloudWatch's own: namespace, name, dimensions in turn, and how it is drawn.
  drawn = {
    for board, widgets in local.boards : board => [
      for widget in widgets : [
        for metric in widget.metrics : concat(
          [metric.namespace, metric.metric],
          flatten([for name, value in metric.dimensions : [name, value]]),
          [{ stat = metric.statistic, label = metric.label, yAxis = try(metric.axis, "left") }],
        )
      ]
    ]
  }

  bodies = {
    for board, widgets in local.boards : board => {
      # As exact as the metrics are, whatever time is looked at.
      periodOverride = "inherit"
      widgets = concat(local.states[board], [
        for number, widget in widgets : {
          type   = "metric"
          x      = number % 3 * local.widget_width
          y      = floor(number / 3) * local.widget_height + (length(local.states[board]) == 0 ? 0 : local.state_height)
          width  = local.widget_width
          height = local.widget_height
          properties = {
            title       = widget.title
            metrics     = local.drawn[board][number]
            period      = widget.period
            region      = data.aws_region.current.name
            view        = "timeSeries"
            stacked     = false
            yAxis       = { left = { min = 0 }, right = { min = 0 } }
            annotations = { horizontal = widget.lines }
          }
        }
      ])
    }
  }

  # By name and not from what is made: the boards show the notify function, and its settings hold one of these.
  dashboard_urls = {
    for board in ["business", "mechanics"] : board =>
    "https://${data.aws_region.current.name}.console.aws.amazon.com/cloudwatch/home?region=${data.aws_region.current.name}#dashboards:name=${var.name_prefix}-${board}"
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  for_each = local.boards

  dashboard_name = "${var.name_prefix}-${each.key}"
  dashboard_body = jsonencode(local.bodies[each.key])
}
