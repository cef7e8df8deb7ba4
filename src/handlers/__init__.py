"""Entry points, one package per Terraform module of the same name. They wire; they decide nothing."""
