"""Many submissions of an LMS, worked off by ours and by the original `quiz_processor`."""
