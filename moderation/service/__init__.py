"""Server, interceptors and one thin handler per service."""
