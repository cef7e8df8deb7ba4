resource "aws_cognito_user_pool" "users" {
  name                     = "${var.name_prefix}-users"
  deletion_protection      = var.deletion_protection ? "ACTIVE" : "INACTIVE"
  user_pool_tier           = var.sign_in.threat_protection == "OFF" ? "ESSENTIALS" : "PLUS"
  username_attributes      = ["email"]
  auto_verified_attributes = ["email"]
  mfa_configuration        = var.sign_in.mfa
  tags                     = var.tags

  username_configuration {
    case_sensitive = false
  }

  # Length is what makes a password hard to guess; required symbols are what makes it hard to remember.
  password_policy {
    minimum_length                   = 12
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = false
    require_uppercase                = true
    temporary_password_validity_days = 3
  }

  admin_create_user_config {
    allow_admin_create_user_only = false
  }

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }

  # A new address counts only once it was verified: otherwise a typing error takes the account away.
  user_attribute_update_settings {
    attributes_require_verification_before_update = ["email"]
  }

  dynamic "software_token_mfa_configuration" {
    for_each = var.sign_in.mfa == "OFF" ? [] : [true]

    content {
      enabled = software_token_mfa_configuration.value
    }
  }

  dynamic "user_pool_add_ons" {
    for_each = var.sign_in.threat_protection == "OFF" ? [] : [var.sign_in.threat_protection]

    content {
      advanced_security_mode = user_pool_add_ons.value
    }
  }

  dynamic "email_configuration" {
    for_each = var.sign_in.email_sender == null ? [] : [var.sign_in.email_sender]

    content {
      email_sending_account = "DEVELOPER"
      source_arn            = email_configuration.value.identity_arn
      from_email_address    = email_configuration.value.from
    }
  }
}

resource "aws_cognito_user_group" "instructors" {
  name         = "instructors"
  description  = "May write the question bank and quizzes, and see everybody's results."
  user_pool_id = aws_cognito_user_pool.users.id
}

# Public: browsers and telephones keep no secret. Clients renew with GetTokensFromRefreshToken, rotating or not.
resource "aws_cognito_user_pool_client" "app" {
  name                          = "${var.name_prefix}-app"
  user_pool_id                  = aws_cognito_user_pool.users.id
  generate_secret               = false
  enable_token_revocation       = true
  prevent_user_existence_errors = "ENABLED"
  access_token_validity         = var.sign_in.token_minutes
  id_token_validity             = var.sign_in.token_minutes
  refresh_token_validity        = var.sign_in.refresh_token_days

  # Cognito refuses REFRESH_TOKEN_AUTH where refresh tokens rotate.
  explicit_auth_flows = concat(
    ["ALLOW_USER_SRP_AUTH"],
    var.sign_in.rotate_refresh_tokens ? [] : ["ALLOW_REFRESH_TOKEN_AUTH"],
    [for flow in var.sign_in.extra_auth_flows : "ALLOW_${flow}"],
  )

  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "days"
  }

  dynamic "refresh_token_rotation" {
    for_each = var.sign_in.rotate_refresh_tokens ? ["ENABLED"] : []

    content {
      feature = refresh_token_rotation.value
      # A client whose answer got lost tries once more with the token that it has.
      retry_grace_period_seconds = 30
    }
  }
}

resource "aws_apigatewayv2_authorizer" "users" {
  name             = "${var.name_prefix}-users"
  api_id           = aws_apigatewayv2_api.http.id
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    audience = [aws_cognito_user_pool_client.app.id]
    issuer   = "https://${aws_cognito_user_pool.users.endpoint}"
  }
}
