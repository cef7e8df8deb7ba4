"""A release that serves a share first, on an emulator of its own: healthy, it is promoted; failing, taken back."""
