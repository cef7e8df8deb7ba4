module "http" {
  source = "../function"

  name                 = "${var.name_prefix}-http"
  description          = "Answers the REST routes."
  package              = var.package
  handler              = "handlers.api.http.handler"
  timeout              = 10
  memory_size          = 1024
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.permissions_boundary
  release              = var.http.release
  tags                 = var.tags

  environment = merge(var.http.environment, { MEDIA_BUCKET = module.media.name })
  grants      = merge(var.http.grants, { MediaGet = module.media.grants.get, MediaPut = module.media.grants.put })
}
