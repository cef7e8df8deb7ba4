# What the health check's canary answers: a quiz like any other, but in no list, and in no bucket that questions are drawn
# from. Its names are those of src/quiz/operations/canary.py; no author can give such names.
resource "aws_dynamodb_table_item" "canary" {
  for_each = { questions = "question", quizzes = "quiz" }

  table_name = aws_dynamodb_table.this[each.key].name
  hash_key   = aws_dynamodb_table.this[each.key].hash_key
  item       = file("${path.module}/canary/${each.value}.json")
}
