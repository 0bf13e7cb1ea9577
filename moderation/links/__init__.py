"""Links that tenants register as their own: what may be registered, how it is verified, and until when it holds."""
