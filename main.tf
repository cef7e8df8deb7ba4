locals {
  name_prefix  = "quiz-${var.environment}"
  tags         = { application = "quiz-platform", environment = var.environment }
  recommenders = compact([var.recommender_arn])
  releases     = { for short, version in var.release.serving : short => { serving = version, share = var.release.share } }

  # Functions learn the names of tables as GAMES_TABLE and so on.
  table       = { for name, table in module.tables.names : name => { "${upper(name)}_TABLE" = table } }
  live_tables = merge(local.table["games"], local.table["participants"], local.table["questions"], local.table["quizzes"])

  event_bus = {
    name  = aws_cloudwatch_event_bus.main.name
    grant = { actions = ["events:PutEvents"], resources = [aws_cloudwatch_event_bus.main.arn] }
  }
}

# Shared by the modules that announce and those that listen, and so owned by none of them.
resource "aws_cloudwatch_event_bus" "main" {
  name = local.name_prefix
}

module "tables" {
  source = "./modules/tables"

  account_id             = var.account_id
  name_prefix            = local.name_prefix
  package                = "${var.release.package_dir}/tables.zip"
  access_logs            = { bucket = module.access_logs.name }
  deletion_protection    = var.protection.data
  point_in_time_recovery = var.protection.data
  log_retention_days     = var.log_retention_days
  permissions_boundary   = var.protection.permissions_boundary
  event_bus              = local.event_bus
}

module "queue" {
  source = "./modules/queue"

  name_prefix          = local.name_prefix
  package              = "${var.release.package_dir}/queue.zip"
  producer_arns        = var.submissions.producer_arns
  trust_inline_keys    = var.submissions.trust_inline_keys
  max_concurrency      = var.submissions.max_concurrency
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.protection.permissions_boundary

  environment = merge(local.table["questions"], local.table["quizzes"], local.table["submissions"])

  grants = {
    QuestionsRead    = module.tables.grants["questions"].read
    QuizzesRead      = module.tables.grants["quizzes"].read
    SubmissionsWrite = module.tables.grants["submissions"].write
  }
}

module "cache" {
  source = "./modules/cache"

  name_prefix          = local.name_prefix
  package              = "${var.release.package_dir}/cache.zip"
  cache                = var.cache.own
  existing             = var.cache.existing
  network              = var.cache.network
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.protection.permissions_boundary
  participants_stream  = module.tables.participants_stream
  release              = lookup(local.releases, "leaderboard", null)

  environment = merge(local.table["games"], local.table["participants"])

  grants = {
    GamesRead             = module.tables.grants["games"].read
    ParticipantsFind      = module.tables.grants["participants"].find
    ParticipantsStandings = module.tables.grants["participants"].standings
  }

  projector_grants = {
    GamesRead             = module.tables.grants["games"].read
    ParticipantsRead      = module.tables.grants["participants"].read
    ParticipantsStandings = module.tables.grants["participants"].standings
  }
}

module "scheduler" {
  source = "./modules/scheduler"

  account_id           = var.account_id
  name_prefix          = local.name_prefix
  package              = "${var.release.package_dir}/scheduler.zip"
  schedules            = var.live.schedules
  winners              = var.live.winners
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.protection.permissions_boundary
  event_bus            = local.event_bus
  websocket            = module.api.websocket

  clock = {
    environment = merge(local.live_tables, { MEDIA_BUCKET = module.api.media_bucket, RESULTS_BUCKET = module.tables.results_bucket })

    grants = {
      GamesOpen             = module.tables.grants["games"].open
      GamesRead             = module.tables.grants["games"].read
      GamesRun              = module.tables.grants["games"].run
      MediaGet              = module.api.grants["media"].get
      ParticipantsRead      = module.tables.grants["participants"].read
      ParticipantsStandings = module.tables.grants["participants"].standings
      QuestionsRead         = module.tables.grants["questions"].read
      QuizzesRead           = module.tables.grants["quizzes"].read
      ReportsPut            = module.tables.grants["reports"].put
    }
  }

  broadcast = {
    environment     = local.table["connections"]
    grants          = { ConnectionsPost = module.tables.grants["connections"].post }
    max_concurrency = var.live.max_broadcasts
  }

  health    = local.health
  reconcile = local.reconcile
}

module "api" {
  source = "./modules/api"

  account_id           = var.account_id
  name_prefix          = local.name_prefix
  package              = "${var.release.package_dir}/api.zip"
  access_logs          = { bucket = module.access_logs.name }
  allowed_origins      = var.allowed_origins
  custom_domain        = var.custom_domain
  deletion_protection  = var.protection.data
  log_retention_days   = var.log_retention_days
  permissions_boundary = var.protection.permissions_boundary
  sign_in              = var.sign_in

  http = {
    release = lookup(local.releases, "http", null)

    environment = merge(
      local.live_tables,
      local.table["analytics"],
      local.table["progress"],
      local.table["results"],
      local.table["sessions"],
      { RESULTS_BUCKET = module.tables.results_bucket, TRIGGERS_QUEUE_URL = module.scheduler.triggers.url },
      { for arn in local.recommenders : "PERSONALIZE_${upper(regex(":(campaign|recommender)/", arn)[0])}_ARN" => arn },
    )

    grants = merge(
      {
        AnalyticsHours     = module.tables.grants["analytics"].hours
        AnalyticsRead      = module.tables.grants["analytics"].read
        GamesHistory       = module.tables.grants["games"].history
        GamesOpen          = module.tables.grants["games"].open
        GamesRead          = module.tables.grants["games"].read
        ParticipantsAnswer = module.tables.grants["participants"].answer
        ProgressDue        = module.tables.grants["progress"].due
        ProgressRead       = module.tables.grants["progress"].read
        ProgressWrite      = module.tables.grants["progress"].write
        QuestionsEdit      = module.tables.grants["questions"].edit
        QuestionsRead      = module.tables.grants["questions"].read
        QuestionsSample    = module.tables.grants["questions"].sample
        QuizzesEdit        = module.tables.grants["quizzes"].edit
        ResultsHistory     = module.tables.grants["results"].history
        ReportsGet         = module.tables.grants["reports"].get
        ResultsTake        = module.tables.grants["results"].take
        SessionsPractise   = module.tables.grants["sessions"].practise
        TriggersSend       = module.scheduler.triggers.grant
      },
      { for arn in local.recommenders : "RecommendationsGet" => { actions = ["personalize:GetRecommendations"], resources = [arn] } },
    )
  }

  routes = merge({ "GET /leaderboard/{quiz_id}" = { function = module.cache.leaderboard } }, local.intake_routes)

  socket = {
    authorizer_package = "${var.release.package_dir}/authorizer.zip"
    routes             = { leaderboard = module.cache.leaderboard }
    sets_log_role      = var.live.sets_log_role
    release            = lookup(local.releases, "socket", null)

    environment = merge(local.live_tables, local.table["connections"], { JOBS_QUEUE_URL = module.scheduler.jobs.url, TRIGGERS_QUEUE_URL = module.scheduler.triggers.url })

    grants = {
      ConnectionsFind    = module.tables.grants["connections"].find
      ConnectionsListen  = module.tables.grants["connections"].listen
      GamesOpen          = module.tables.grants["games"].open
      GamesRead          = module.tables.grants["games"].read
      JobsSend           = module.scheduler.jobs.grant
      ParticipantsAnswer = module.tables.grants["participants"].answer
      ParticipantsJoin   = module.tables.grants["participants"].join
      QuestionsRead      = module.tables.grants["questions"].read
      QuizzesRead        = module.tables.grants["quizzes"].read
      TriggersSend       = module.scheduler.triggers.grant
    }
  }
}
