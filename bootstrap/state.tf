# States name every resource and hold a few of their secrets, so nobody but the two roles and administrators reads them.
resource "aws_s3_bucket" "state" {
  #checkov:skip=CKV2_AWS_62: Nothing has to act on a change of a state: only applies write it, and earlier versions are kept.
  #checkov:skip=CKV_AWS_144: A state tells of resources in this region and is of no use without it; what an apply breaks comes back from an earlier version.
  #checkov:skip=CKV_AWS_18: Whoever reads or writes a state needs its key, and CloudTrail has each use of that with who it was; there is no bucket key, which would hide some.

  bucket = "quiz-${var.account_id}-state"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_public_access_block" "state" {
  bucket = aws_s3_bucket.state.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "state" {
  bucket = aws_s3_bucket.state.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    # Each use of a state is then a use of its key, for CloudTrail to record; there are few.
    bucket_key_enabled = false

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.state.arn
    }
  }
}

resource "aws_kms_key" "state" {
  description             = "Encrypts the states of the quiz platform's environments."
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.key.json
}

resource "aws_kms_alias" "state" {
  name          = "alias/quiz-state"
  target_key_id = aws_kms_key.state.key_id
}

# Who may use the key is said by the policies of those who may.
data "aws_iam_policy_document" "key" {
  #checkov:skip=CKV_AWS_109: In the policy of a key "*" is the key itself, and the account has to administer it, or nobody could ever again. A service, where one is let in, may encrypt and decrypt for this account alone.
  #checkov:skip=CKV_AWS_111: As above: the key itself, for the account; roles use it only as their own policies say.
  #checkov:skip=CKV_AWS_356: As above: a key's policy cannot name the key in another way.

  statement {
    sid       = "AccountAdministers"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${var.account_id}:root"]
    }
  }
}

data "aws_partition" "current" {}

resource "aws_s3_bucket_lifecycle_configuration" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    id     = "earlier-versions"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }

    noncurrent_version_expiration {
      noncurrent_days = var.state_retention_days
    }
  }

  depends_on = [aws_s3_bucket_versioning.state]
}

data "aws_iam_policy_document" "bucket" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.state.arn, "${aws_s3_bucket.state.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }

    # Plain HTTP that never left the machine is the emulator's; AWS sees no request from there.
    condition {
      test     = "NotIpAddress"
      variable = "aws:SourceIp"
      values   = ["127.0.0.1/32"]
    }
  }
}

resource "aws_s3_bucket_policy" "state" {
  bucket = aws_s3_bucket.state.id
  policy = data.aws_iam_policy_document.bucket.json

  # S3 refuses two changes of a bucket's access at once.
  depends_on = [aws_s3_bucket_ownership_controls.state, aws_s3_bucket_public_access_block.state]
}

locals {
  # This directory's own state goes there as well, in a folder that no environment can be named after.
  backend = <<-EOT
    terraform {
      backend "s3" {
        bucket       = "${aws_s3_bucket.state.bucket}"
        key          = "bootstrap/quiz.tfstate"
        region       = "${var.region}"
        encrypt      = true
        kms_key_id   = "${aws_kms_alias.state.name}"
        use_lockfile = true
      }
    }
  EOT
}
