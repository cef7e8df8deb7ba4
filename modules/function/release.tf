# Every apply that changes code or settings publishes a version. AWS keeps all of them, so that the alias can go back.
locals {
  newest  = aws_lambda_function.this.version
  serving = var.release == null ? local.newest : var.release.serving
  share   = var.release == null ? 0 : var.release.share
}

# What callers invoke, so that a release is one switch and a rollback another.
resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "The version that serves."
  function_name    = aws_lambda_function.this.function_name
  function_version = local.serving

  dynamic "routing_config" {
    # AWS refuses a share for the version that serves anyway: of most functions a release changes nothing.
    for_each = local.share == 0 ? [] : [for version in [local.newest] : version if version != local.serving]

    content {
      additional_version_weights = { (routing_config.value) = local.share }
    }
  }
}
