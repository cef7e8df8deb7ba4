# The laptop's environment: everything can be thrown away, and the emulator has one account.
environment = "local"
account_id  = "000000000000"
region      = "us-east-1"
release     = { package_dir = "build/local" }

protection = { data = false }

# The chat is a file: .local/chat.log.
alerts = {
  runbook_url = "https://example.com/docs/runbooks"
  webhook     = { parameter = "/quiz/local/chat-webhook" }
}

submissions = { producer_arns = ["arn:aws:iam::000000000000:root"] }

allowed_origins = ["http://localhost:3000", "http://localhost:5173"]

# A password by curl is enough here, and the emulator does not rotate.
sign_in = {
  extra_auth_flows      = ["USER_PASSWORD_AUTH"]
  rotate_refresh_tokens = false
}

# One plain Redis on the loopback interface stands in for the cache; tools/stack says on which port.
cache = { own = { replicas = 1, tls = false, iam_auth = false } }
