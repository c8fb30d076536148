"""What runs beside the doors: deliveries, recovery, following the release."""
