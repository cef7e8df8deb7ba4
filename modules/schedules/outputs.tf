output "group" {
  description = "Name of the group, which Scheduler counts by."
  value       = aws_scheduler_schedule_group.this.name
}
