# What other modules may be allowed to do. Only a query can use an index.
locals {
  read_actions = {
    questions   = ["dynamodb:BatchGetItem"]
    quizzes     = ["dynamodb:GetItem"]
    submissions = ["dynamodb:GetItem", "dynamodb:Query"]
  }

  grants = {
    for name, table in aws_dynamodb_table.this : name => {
      read = {
        actions   = local.read_actions[name]
        resources = contains(local.read_actions[name], "dynamodb:Query") ? [table.arn, "${table.arn}/index/*"] : [table.arn]
      }
      write = { actions = ["dynamodb:PutItem"], resources = [table.arn] }
    }
  }

  stream_grants = {
    for name, table in aws_dynamodb_table.this : name => {
      actions = [
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
      ]
      resources = [table.stream_arn]
    } if local.tables[name].stream
  }
}
