output "arn" {
  description = "The bucket's ARN, for grants of one folder of several."
  value       = aws_s3_bucket.this.arn
}

output "grants" {
  description = "Permissions to hand to functions: grants.get and grants.put, for the keys under prefix."
  value = {
    get = { actions = ["s3:GetObject"], resources = ["${aws_s3_bucket.this.arn}/${var.prefix}*"] }
    put = { actions = ["s3:PutObject"], resources = ["${aws_s3_bucket.this.arn}/${var.prefix}*"] }
  }
}

output "name" {
  description = "Name of the bucket; usable only once nobody else can reach it."
  value       = aws_s3_bucket.this.bucket
  depends_on  = [aws_s3_bucket_policy.this, aws_s3_bucket_public_access_block.this]
}
