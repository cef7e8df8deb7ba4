# The laptop's environment: everything can be thrown away, and the emulator has one account.
environment   = "local"
account_id    = "000000000000"
region        = "us-east-1"
package_dir   = "build/local"
protect_data  = false
runbook_url   = "https://example.com/docs/runbooks"
producer_arns = ["arn:aws:iam::000000000000:root"]
