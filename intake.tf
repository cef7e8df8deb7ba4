# The ledger of whatever others report, and the log of who used the files.
module "intake" {
  source = "./modules/intake"

  account_id           = var.account_id
  name_prefix          = local.name_prefix
  package              = "${var.release.package_dir}/intake.zip"
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.protection.permissions_boundary
  keep_days            = var.operations.intake.keep_days
  schedule             = var.operations.intake.schedule

  environment = local.table["requests"]
  grants      = { RequestsRecord = module.tables.grants["requests"].record }
}

locals {
  # Not ANY: with a token needed, that would turn away the browsers' preflight requests, which bring none.
  intake_methods = ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"]

  intake_routes = {
    for method in local.intake_methods : "${method} /intake/{proxy+}" => {
      function = module.intake.route
      # A line may cost as much as 390 small ones; and whoever reports in a loop must leave the quizzes their share.
      throttle = { rate = 100, burst = 100 }
    }
  }
}

module "access_logs" {
  source = "./modules/bucket"

  account_id          = var.account_id
  name_prefix         = local.name_prefix
  purpose             = "logs"
  expire_days         = 90
  deletion_protection = var.protection.data
  log_sources         = [module.api.media_bucket_arn, module.tables.results_bucket_arn]
}
