module "leaderboard" {
  source = "../function"

  name                 = "${var.name_prefix}-leaderboard"
  description          = "Answers who leads a live quiz, from the cache, or from the table while the cache does not answer."
  package              = var.package
  handler              = "handlers.cache.leaderboard.handler"
  timeout              = 10
  memory_size          = 1024
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.permissions_boundary
  release              = var.release
  tags                 = var.tags
  vpc                  = local.placement
  environment          = local.connection["leaderboard"].environment
  grants               = merge(var.grants, local.connection["leaderboard"].grants)
}
