"""One page that shows every component with everyday and with absurdly long words; not served in production."""
