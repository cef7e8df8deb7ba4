"""What is compared: scores with answers, boards with players, announcements with results."""
