# Where people play and are graded: nothing in it can be deleted by mistake, and nothing is kept shorter than it may be needed.
# What to fill in before the first plan: docs/deploying.md.
environment        = "production"
account_id         = "333333333333"
region             = "eu-central-1"
log_retention_days = 365

protection = {
  data                 = true
  permissions_boundary = "arn:aws:iam::333333333333:policy/quiz-boundary"
}

allowed_origins = ["https://quiz.example.com"]

alerts = {
  runbook_url = "https://github.com/my-company/quiz-platform/blob/main/docs/runbooks"
  emails      = ["quiz-on-call@example.com"]
  webhook     = { parameter = "/quiz/production/chat-webhook" }
}

# Whoever signs in shows a second factor. Where students have no authenticator, OPTIONAL with ENFORCED asks for one only
# those who have set it up, and turns away what looks stolen.
sign_in = { mfa = "ON", threat_protection = "ENFORCED" }

submissions = {
  producer_arns   = ["arn:aws:iam::333333333333:role/lms"]
  max_concurrency = 50
}

# Nodes with steady CPU: the small ones save up for a game, and 100,000 players would use that up. One in reserve remains
# while another is replaced.
cache = { own = { node_type = "cache.m7g.large", replicas = 2, snapshot_days = 7 } }

live = {
  max_broadcasts = 100
  sets_log_role  = true
}

operations = {
  trace_share     = 0.05
  reconcile_hours = 1
  health          = { oldest_seconds = 1200, dead_letters = 0, table_milliseconds = 1000, cache_milliseconds = 500, canary_seconds = 20 }
  intake          = { keep_days = 90 }
}
