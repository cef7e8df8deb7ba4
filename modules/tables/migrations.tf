# 0.2: one mapping for each stream.
moved {
  from = aws_lambda_event_source_mapping.submissions
  to   = aws_lambda_event_source_mapping.streams["submissions"]
}
