"""What was asked? ``parse`` reads typed text into nodes, ``expand_query`` turns its words into terms."""
