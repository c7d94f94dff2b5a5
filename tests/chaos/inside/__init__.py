"""What runs beside the servers, in their environment and on their database, but in a process of its own."""
