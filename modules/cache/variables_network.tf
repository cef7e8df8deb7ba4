variable "network" {
  description = "A network of yours instead of one of its own: private subnets, and the prefix list by which they reach DynamoDB."
  type        = object({ vpc_id = string, subnet_ids = list(string), dynamodb_prefix_list_id = string })
  default     = null

  validation {
    condition     = var.network == null ? true : length(distinct(var.network.subnet_ids)) >= 2
    error_message = "network.subnet_ids must be two subnets at least, in different zones."
  }
}

variable "own_network" {
  description = "Addresses and zones of the network of its own. Nothing leads there, so any addresses will do."
  type        = object({ cidr = optional(string, "10.90.0.0/24"), zones = optional(list(string), ["a", "b"]) })
  default     = {}
  nullable    = false

  validation {
    condition     = can(cidrsubnet(var.own_network.cidr, 2, 3)) && can(regex("/(1[6-9]|2[0-6]) ([a-z],){1,3}[a-z]$", "${var.own_network.cidr} ${join(",", distinct(var.own_network.zones))}"))
    error_message = "own_network must have a cidr of IPv4 from /16 to /26 and the letters of two to four zones, such as 10.90.0.0/24 with a and b."
  }
}
