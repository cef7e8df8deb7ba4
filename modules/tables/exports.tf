# Results as files, for whoever analyses them without touching the tables: of quizzes that students took by themselves,
# and of live quizzes.
module "exports" {
  source = "../bucket"

  access_logs         = var.access_logs
  account_id          = var.account_id
  deletion_protection = var.deletion_protection
  name_prefix         = var.name_prefix
  purpose             = "results"
  tags                = var.tags

  prefix = ""
  tiers  = { STANDARD_IA = 30, GLACIER = 90 }
}

# Each writes to a folder of its own.
locals {
  folders = { results = "quiz-results", reports = "live-results" }

  folder_grants = {
    for use, folder in local.folders : use => {
      get = { actions = ["s3:GetObject"], resources = ["${module.exports.arn}/${folder}/*"] }
      put = { actions = ["s3:PutObject"], resources = ["${module.exports.arn}/${folder}/*"] }
    }
  }
}
