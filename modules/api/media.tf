# Pictures and sounds of questions: browsers upload and read them by signed addresses alone.
module "media" {
  source = "../bucket"

  access_logs         = var.access_logs
  account_id          = var.account_id
  allowed_origins     = var.allowed_origins
  deletion_protection = var.deletion_protection
  name_prefix         = var.name_prefix
  purpose             = "media"
  tags                = var.tags

  prefix = "media/"
  tiers  = { STANDARD_IA = 30 }
}
