terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }

  # The first apply keeps its state beside this file, because the bucket is not there yet. README.md tells how it moves.
}

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = { application = "quiz-platform", part = "bootstrap" }
  }
}
