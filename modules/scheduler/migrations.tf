# 0.5: a loop is the business of the module that needs it.
moved {
  from = module.broadcast.aws_lambda_function_recursion_config.this[0]
  to   = aws_lambda_function_recursion_config.this["broadcast"]
}

moved {
  from = module.clock.aws_lambda_function_recursion_config.this[0]
  to   = aws_lambda_function_recursion_config.this["clock"]
}
