# Each result as a file, for whoever analyses them without touching the tables.
module "exports" {
  source = "../bucket"

  account_id          = var.account_id
  deletion_protection = var.deletion_protection
  name_prefix         = var.name_prefix
  purpose             = "results"
  tags                = var.tags

  prefix = "quiz-results/"
  tiers  = { STANDARD_IA = 30, GLACIER = 90 }
}
