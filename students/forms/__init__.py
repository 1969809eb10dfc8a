"""Forms over pupils, classes, enrolments, registers and their lists."""
