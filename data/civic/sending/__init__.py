"""What is sent to citizens, and how much may be sent."""
