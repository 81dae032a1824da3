"""What may a person want who has typed a few letters.

``building`` finds frequent phrases when an index is made (with NLTK), ``lookup`` answers from what the
index keeps.
"""
