output "apply_role_arns" {
  description = "Roles that apply, by environment: the variable APPLY_ROLE of the environment of the same name on GitHub."
  value       = { for name in var.environments : name => aws_iam_role.workflow["apply-${name}"].arn }
}

output "backend" {
  description = "Text of backend.tf, which moves this directory's own state into the bucket."
  value       = local.backend
}

output "permissions_boundary_arn" {
  description = "What every environment's tfvars names as permissions_boundary."
  value       = aws_iam_policy.boundary.arn
}

output "plan_role_arn" {
  description = "Role that plans: the variable PLAN_ROLE_ENVIRONMENT of the repository on GitHub, for each environment of this account."
  value       = aws_iam_role.workflow["plan"].arn
}

output "state_bucket" {
  description = "What every environment's tfbackend names as bucket."
  value       = aws_s3_bucket.state.bucket
}
