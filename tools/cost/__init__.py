"""What the platform costs, and how far it grows: from counted calls, a price file and stated assumptions."""
