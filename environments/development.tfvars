# Where changes are tried out together: small, soon forgotten, and free to be destroyed.
# What to fill in before the first plan: docs/deploying.md.
environment        = "development"
account_id         = "111111111111"
region             = "eu-central-1"
log_retention_days = 7

protection = {
  data                 = false
  permissions_boundary = "arn:aws:iam::111111111111:policy/quiz-boundary"
}

# A page on a developer's own machine may call, too.
allowed_origins = ["https://development.quiz.example.com", "http://localhost:3000"]

# Nobody is woken: whoever works here looks at the dashboards.
alerts = { runbook_url = "https://github.com/my-company/quiz-platform/blob/main/docs/runbooks" }

sign_in = { mfa = "OPTIONAL", threat_protection = "OFF" }

submissions = {
  producer_arns   = ["arn:aws:iam::111111111111:root"]
  max_concurrency = 5
}

# One small node. While it is replaced, leaderboards come from the table.
cache = { own = { node_type = "cache.t4g.micro", replicas = 0 } }

live = {
  max_broadcasts = 5
  sets_log_role  = true
}

# Everything is traced, and what is tried out fails often: only what stays wrong is told.
operations = {
  trace_share     = 1
  reconcile_hours = 12
  health          = { oldest_seconds = 3600, dead_letters = 10, table_milliseconds = 3000, cache_milliseconds = 2000, canary_seconds = 30 }
  intake          = { keep_days = 7 }
}
