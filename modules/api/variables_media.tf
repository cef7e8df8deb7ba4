variable "access_logs" {
  description = "Bucket of access logs: S3 writes down there who reads and writes files, and when; none for no such log."
  type        = object({ bucket = string })
  default     = null
}
