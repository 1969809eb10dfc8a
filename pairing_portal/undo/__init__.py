"""What one decision wrote to many rows, kept so that it can be taken back while nothing later has touched them."""
