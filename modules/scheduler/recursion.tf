# Lambda cuts a chain of invocations short that looks endless. These are meant to go on.
resource "aws_lambda_function_recursion_config" "this" {
  for_each = {
    # Each question's end is a message that the clock sends to itself.
    clock = module.clock.name
    # Connections that were throttled become a new job.
    broadcast = module.broadcast.name
  }

  function_name  = each.value
  recursive_loop = "Allow"
}
