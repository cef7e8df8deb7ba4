"""What a copy of the configuration needs beside it to be planned without credentials and without a network."""

OFFLINE = """
provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  allowed_account_ids         = null
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}
"""
LOCAL_STATE = 'terraform {\n  backend "local" {}\n}\n'
