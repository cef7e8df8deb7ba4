"""The outside world, one file per thing; each says what it needs from AWS and translates its failures."""
