"""Bringing workbooks in: read, compare with what is known, show, and write once confirmed."""
