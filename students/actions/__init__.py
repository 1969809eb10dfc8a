"""Changes to classes, pupils and registers, each with its event in the log."""
