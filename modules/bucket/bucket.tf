resource "aws_s3_bucket" "this" {
  #checkov:skip=CKV2_AWS_62: Nothing has to act on an object that comes or goes; who did what is in the access logs, and an earlier version comes back for a week.
  #checkov:skip=CKV_AWS_144: The platform lives in one region, and a copy elsewhere would take students' data there. Within it S3 keeps objects in three zones; what is exported also stands in tables with point-in-time recovery.
  #checkov:skip=CKV_AWS_145: S3 encrypts with its own keys. Who reads is said by roles that name a folder each, over TLS and with no public access: a key of ours would be open to the same roles.
  #checkov:skip=CKV_AWS_18: Every bucket logs into access_logs but that one, where a log of the log would never end; nobody but S3's log delivery is let in there. tests/terraform/test_policies.py checks both.

  bucket        = "${var.name_prefix}-${var.account_id}-${var.purpose}"
  force_destroy = !var.deletion_protection
  tags          = var.tags
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket = aws_s3_bucket.this.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# No ACLs at all: whoever uploads, the account owns the object and policies alone say who may read it.
resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

# S3's own keys: callers need no permission for them, and there is no call to KMS to pay for.
resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_cors_configuration" "this" {
  count = length(var.allowed_origins) == 0 ? 0 : 1

  bucket = aws_s3_bucket.this.id

  cors_rule {
    allowed_methods = ["GET", "POST", "PUT"]
    allowed_origins = var.allowed_origins
    allowed_headers = ["content-type"]
    expose_headers  = ["ETag"]
    max_age_seconds = 3600
  }
}

data "aws_iam_policy_document" "access" {
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]

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

  # A service of AWS's, in the name of these buckets and of no other account's.
  dynamic "statement" {
    for_each = length(var.log_sources) == 0 ? [] : [var.log_sources]

    content {
      sid       = "AccessLogsArrive"
      actions   = ["s3:PutObject"]
      resources = ["${aws_s3_bucket.this.arn}/*"]

      principals {
        type        = "Service"
        identifiers = ["logging.s3.amazonaws.com"]
      }

      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [var.account_id]
      }

      condition {
        test     = "ArnLike"
        variable = "aws:SourceArn"
        values   = statement.value
      }
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = data.aws_iam_policy_document.access.json

  # S3 refuses two changes of a bucket's access at once.
  depends_on = [aws_s3_bucket_ownership_controls.this, aws_s3_bucket_public_access_block.this]
}
