"""Which answer first? One recipe for every back-end."""
