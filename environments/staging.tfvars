# The rehearsal: guarded and built like production, with a load of its own testers.
# What to fill in before the first plan: docs/deploying.md.
environment        = "staging"
account_id         = "222222222222"
region             = "eu-central-1"
log_retention_days = 30

protection = {
  data                 = true
  permissions_boundary = "arn:aws:iam::222222222222:policy/quiz-boundary"
}

allowed_origins = ["https://staging.quiz.example.com"]

alerts = {
  runbook_url = "https://github.com/my-company/quiz-platform/blob/main/docs/runbooks"
  emails      = ["quiz-team@example.com"]
  webhook     = { parameter = "/quiz/staging/chat-webhook" }
}

# AUDIT reports what ENFORCED would have done, so that production is no surprise.
sign_in = { mfa = "OPTIONAL", threat_protection = "AUDIT" }

submissions = {
  producer_arns   = ["arn:aws:iam::222222222222:role/lms"]
  max_concurrency = 20
}

cache = { own = { node_type = "cache.t4g.small", replicas = 1, snapshot_days = 1 } }

live = {
  max_broadcasts = 20
  sets_log_role  = true
}

operations = {
  trace_share     = 0.2
  reconcile_hours = 6
  health          = { oldest_seconds = 1800, dead_letters = 0, table_milliseconds = 2000, cache_milliseconds = 1000, canary_seconds = 25 }
  intake          = { keep_days = 30 }
}
