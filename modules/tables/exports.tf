# Results as files, for whoever analyses them without touching the tables: of quizzes that students took by themselves,
# and of live quizzes.
module "exports" {
  source = "../bucket"

  account_id          = var.account_id
  deletion_protection = var.deletion_protection
  name_prefix         = var.name_prefix
  purpose             = "results"
  tags                = var.tags

  prefix = ""
  tiers  = { STANDARD_IA = 30, GLACIER = 90 }
}

data "aws_partition" "current" {}

# Each writes to a folder of its own.
locals {
  folders = { results = "quiz-results", reports = "live-results" }

  folder_grants = {
    for use, folder in local.folders : use => {
      for verb, action in { get = "s3:GetObject", put = "s3:PutObject" } : verb => {
        actions                 = [action]
        resources               = ["arn:${data.aws_partition.current.partition}:s3:::${module.exports.name}/${folder}/*"]
      }
    }
  }
}
