# What other modules may be allowed to do: for each table its uses, and for each use the calls that code makes, on the
# table or on one of its indexes. A new call is one more action here, a new use one more line.
locals {
  uses = {
    alerts = {
      tell = { on = "table", actions = ["dynamodb:GetItem", "dynamodb:PutItem"] }
    }
    announcements = {
      mark = { on = "table", actions = ["dynamodb:BatchWriteItem"] }
      find = { on = "table", actions = ["dynamodb:BatchGetItem"] }
    }
    requests = {
      record = { on = "table", actions = ["dynamodb:PutItem"] }
    }
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
      sample    = { on = "table", actions = ["dynamodb:Scan"] }
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
      recheck = { on = "table", actions = ["dynamodb:BatchGetItem"] }
      sample  = { on = "table", actions = ["dynamodb:Scan"] }
    }
    submissions = {
      read  = { on = "table", actions = ["dynamodb:GetItem", "dynamodb:Query"] }
      write = { on = "table", actions = ["dynamodb:PutItem"] }
      # A synthetic one is looked for and taken away again.
      canary  = { on = "table", actions = ["dynamodb:DeleteItem", "dynamodb:Query"] }
      recheck = { on = "table", actions = ["dynamodb:BatchGetItem"] }
      sample  = { on = "table", actions = ["dynamodb:Scan"] }
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
  # Whether a table answers is asked of each, for an item that does not exist.
  probe = { actions = ["dynamodb:GetItem"], resources = [for table in aws_dynamodb_table.this : table.arn] }
}
