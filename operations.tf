# How the platform is watched: what the inspections may look at, and the alarms.
locals {
  # No function outside the cache's network can look into it but by this one.
  leaderboard_look = { LeaderboardInvoke = { actions = ["lambda:InvokeFunction"], resources = [module.cache.leaderboard.alias_arn] } }

  health = {
    environment = merge({ ENVIRONMENT = var.environment, LEADERBOARD_FUNCTION = module.cache.leaderboard.alias_arn }, values(local.table)...)
    thresholds  = var.operations.health

    grants = merge(local.leaderboard_look, {
      AlertsEncrypt     = module.alarms.grants["alerts"].encrypt
      QuestionsRead     = module.tables.grants["questions"].read
      SubmissionsCanary = module.tables.grants["submissions"].canary
      SubmissionsSend   = module.queue.grants.send
      TablesProbe       = module.tables.grants["every"].probe
    })

    alerts       = { arn = module.alarms.topic_arn, grant = module.alarms.grants["alerts"].publish }
    queues       = { submissions = { url = module.queue.url, arn = module.queue.arn } }
    dead_letters = merge(module.alarms.dead_letters, module.cache.dead_letters, module.intake.dead_letters, module.queue.dead_letters, module.tables.dead_letters)
  }

  reconcile = {
    hours = var.operations.reconcile_hours

    environment = merge(
      { LEADERBOARD_FUNCTION = module.cache.leaderboard.alias_arn },
      [for name in ["announcements", "participants", "questions", "quizzes", "results", "submissions"] : local.table[name]]...
    )

    grants = merge(local.leaderboard_look, {
      AnnouncementsFind  = module.tables.grants["announcements"].find
      AnnouncementsMark  = module.tables.grants["announcements"].mark
      ParticipantsRead   = module.tables.grants["participants"].read
      ParticipantsSample = module.tables.grants["participants"].sample
      QuestionsRead      = module.tables.grants["questions"].read
      QuizzesRead        = module.tables.grants["quizzes"].read
      ResultsRecheck     = module.tables.grants["results"].recheck
      ResultsSample      = module.tables.grants["results"].sample
      SubmissionsRecheck = module.tables.grants["submissions"].recheck
      SubmissionsSample  = module.tables.grants["submissions"].sample
    })
  }
}

module "alarms" {
  source = "./modules/alarms"

  account_id           = var.account_id
  name_prefix          = local.name_prefix
  package              = "${var.release.package_dir}/alarms.zip"
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.protection.permissions_boundary
  runbook_url          = var.alerts.runbook_url
  subscribers          = var.alerts
  state                = { table = module.tables.names["alerts"], grant = module.tables.grants["alerts"].tell }

  alarms    = merge(module.api.alarms, module.cache.alarms, module.intake.alarms, module.queue.alarms, module.scheduler.alarms, module.tables.alarms)
  functions = merge(module.api.functions, module.cache.functions, module.intake.functions, module.queue.functions, module.scheduler.functions, module.tables.functions)

  watched = {
    cache_nodes      = module.cache.nodes
    http_api_id      = module.api.http_api_id
    queues           = merge(module.cache.queues, module.intake.queues, module.queue.queues, module.scheduler.queues, module.tables.queues)
    tables           = module.tables.names
    websocket_api_id = module.api.websocket.api_id
  }
}
