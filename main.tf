locals {
  name_prefix  = "quiz-${var.environment}"
  tags         = { application = "quiz-platform", environment = var.environment }
  recommenders = compact([var.recommender_arn])
}

# Shared by the modules that announce and those that listen, and so owned by none of them.
resource "aws_cloudwatch_event_bus" "main" {
  name = local.name_prefix
}

module "tables" {
  source = "./modules/tables"

  account_id             = var.account_id
  name_prefix            = local.name_prefix
  package                = "${var.package_dir}/tables.zip"
  deletion_protection    = var.protect_data
  point_in_time_recovery = var.protect_data
  log_retention_days     = var.log_retention_days

  event_bus = {
    name  = aws_cloudwatch_event_bus.main.name
    grant = { actions = ["events:PutEvents"], resources = [aws_cloudwatch_event_bus.main.arn] }
  }
}

module "queue" {
  source = "./modules/queue"

  name_prefix        = local.name_prefix
  package            = "${var.package_dir}/queue.zip"
  producer_arns      = var.producer_arns
  trust_inline_keys  = var.trust_inline_keys
  max_concurrency    = var.max_concurrency
  log_retention_days = var.log_retention_days

  environment = {
    QUESTIONS_TABLE   = module.tables.names["questions"]
    QUIZZES_TABLE     = module.tables.names["quizzes"]
    SUBMISSIONS_TABLE = module.tables.names["submissions"]
  }

  grants = {
    QuestionsRead    = module.tables.grants["questions"].read
    QuizzesRead      = module.tables.grants["quizzes"].read
    SubmissionsWrite = module.tables.grants["submissions"].write
  }
}

module "api" {
  source = "./modules/api"

  account_id          = var.account_id
  name_prefix         = local.name_prefix
  package             = "${var.package_dir}/api.zip"
  allowed_origins     = var.allowed_origins
  custom_domain       = var.custom_domain
  deletion_protection = var.protect_data
  log_retention_days  = var.log_retention_days
  sign_in             = var.sign_in

  environment = merge(
    {
      QUESTIONS_TABLE = module.tables.names["questions"]
      QUIZZES_TABLE   = module.tables.names["quizzes"]
      RESULTS_BUCKET  = module.tables.results_bucket
      RESULTS_TABLE   = module.tables.names["results"]
    },
    { for arn in local.recommenders : "PERSONALIZE_${upper(regex(":(campaign|recommender)/", arn)[0])}_ARN" => arn },
  )

  grants = merge(
    {
      QuestionsEdit   = module.tables.grants["questions"].edit
      QuestionsRead   = module.tables.grants["questions"].read
      QuestionsSample = module.tables.grants["questions"].sample
      QuizzesEdit     = module.tables.grants["quizzes"].edit
      ResultsHistory  = module.tables.grants["results"].history
      ResultsTake     = module.tables.grants["results"].take
    },
    { for arn in local.recommenders : "RecommendationsGet" => { actions = ["personalize:GetRecommendations"], resources = [arn] } },
  )
}

module "alarms" {
  source = "./modules/alarms"

  name_prefix  = local.name_prefix
  account_id   = var.account_id
  alert_emails = var.alert_emails
  runbook_url  = var.runbook_url
  alarms       = merge(module.api.alarms, module.queue.alarms, module.tables.alarms)
}
