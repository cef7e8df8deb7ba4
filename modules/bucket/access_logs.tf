# S3 writes down each access, mostly within some hours. In the other bucket each of those that log there has a folder of
# its own, and in it one for each day.
resource "aws_s3_bucket_logging" "this" {
  count = var.access_logs == null ? 0 : 1

  bucket        = aws_s3_bucket.this.id
  target_bucket = var.access_logs.bucket
  target_prefix = "${var.purpose}/"

  target_object_key_format {
    partitioned_prefix {
      # The day of the access, not that of the delivery: who looks for a day finds all of it.
      partition_date_source = "EventTime"
    }
  }
}
