"""An alarm on its way from CloudWatch to a person: read, held against what was told before, and put into words."""
