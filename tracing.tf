# How many requests are traced is for X-Ray to say, by rules like this one. Without it X-Ray's own default holds: one
# request a second, and 5 percent of the rest. Lambda's documentation says that functions follow the default alone;
# what the rule is sure to govern are traces that a caller begins (docs/logs.md).
resource "aws_xray_sampling_rule" "functions" {
  count = var.operations.trace_share == null ? 0 : 1

  rule_name      = local.name_prefix
  priority       = 1000
  version        = 1
  reservoir_size = var.operations.trace_share > 0 ? 1 : 0
  fixed_rate     = var.operations.trace_share
  service_name   = "${local.name_prefix}-*"
  service_type   = "AWS::Lambda::Function"
  host           = "*"
  http_method    = "*"
  url_path       = "*"
  resource_arn   = "*"
}
