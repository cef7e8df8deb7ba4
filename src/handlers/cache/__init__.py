"""The functions beside Redis: one fills the leaderboards, one reads them."""
