# What other modules may be allowed to do: for each table its uses, and for each use the calls that code makes, on the
# table or on one of its indexes. A new call is one more action here, a new use one more line.
locals {
  uses = {
    connections = {
      listen = { on = "table", actions = ["dynamodb:DeleteItem", "dynamodb:PutItem"] }
      find   = { on = "by_connection", actions = ["dynamodb:Query"] }
      post   = { on = "table", actions = ["dynamodb:DeleteItem", "dynamodb:Query"] }
    }
    games = {
      read    = { on = "table", actions = ["dynamodb:GetItem"] }
      open    = { on = "table", actions = ["dynamodb:BatchWriteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"] }
      run     = { on = "table", actions = ["dynamodb:DeleteItem", "dynamodb:UpdateItem"] }
      history = { on = "by_quiz", actions = ["dynamodb:Query"] }
    }
    participants = {
      find      = { on = "table", actions = ["dynamodb:GetItem"] }
      answer    = { on = "table", actions = ["dynamodb:GetItem", "dynamodb:UpdateItem"] }
      join      = { on = "table", actions = ["dynamodb:PutItem"] }
      read      = { on = "table", actions = ["dynamodb:BatchGetItem"] }
      standings = { on = "by_score", actions = ["dynamodb:Query"] }
    }
    progress = {
      read  = { on = "table", actions = ["dynamodb:GetItem", "dynamodb:Query"] }
      write = { on = "table", actions = ["dynamodb:UpdateItem"] }
      due   = { on = "by_due", actions = ["dynamodb:Query"] }
    }
    sessions = {
      practise = { on = "table", actions = ["dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"] }
    }
    analytics = {
      read  = { on = "by_category", actions = ["dynamodb:Query"] }
      hours = { on = "table", actions = ["dynamodb:Query"] }
      count = { on = "table", actions = ["dynamodb:PutItem", "dynamodb:UpdateItem"] }
    }
    questions = {
      read   = { on = "table", actions = ["dynamodb:BatchGetItem"] }
      sample = { on = "by_bucket", actions = ["dynamodb:Query", "dynamodb:Scan"] }
      edit   = { on = "table", actions = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Scan", "dynamodb:UpdateItem"] }
    }
    quizzes = {
      read = { on = "table", actions = ["dynamodb:GetItem"] }
      edit = { on = "table", actions = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Scan"] }
    }
    results = {
      take    = { on = "table", actions = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"] }
      history = { on = "by_user", actions = ["dynamodb:Query"] }
    }
    submissions = {
      read  = { on = "table", actions = ["dynamodb:GetItem", "dynamodb:Query"] }
      write = { on = "table", actions = ["dynamodb:PutItem"] }
    }
  }

  stream_actions = [
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
  ]

  grants = {
    for table, uses in local.uses : table => {
      for use, calls in uses : use => {
        actions   = calls.actions
        resources = [join("/index/", compact([aws_dynamodb_table.this[table].arn, calls.on == "table" ? "" : calls.on]))]
      }
    }
  }
}
