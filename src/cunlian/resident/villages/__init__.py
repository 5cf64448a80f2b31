"""What anybody may know about a village."""
