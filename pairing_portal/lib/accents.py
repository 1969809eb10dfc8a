"""Piles of accents on one letter: putting them into order takes time squared, so a pile has an end (safety B1)."""

import unicodedata

# More than any writing needs; the Unicode standard's own bound for streams (UAX 15, Stream-Safe Text).
HIGHEST_PILE = 30
SHORT = 1_000


def without_piles(text: str) -> str:
    """The text with the thirty lowest accents of each letter; short text, quickly normalised, is left alone."""
    if len(text) <= SHORT:
        return text
    kept, pile = [], 0
    for character in text:
        pile = pile + 1 if unicodedata.combining(character) else 0
        if pile <= HIGHEST_PILE:
            kept.append(character)
    return "".join(kept)
