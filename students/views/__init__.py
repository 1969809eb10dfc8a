"""Pages over pupils, classes, enrolments and registers."""
