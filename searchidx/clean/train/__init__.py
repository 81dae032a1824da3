"""Train the line model on pages with a gold text: ``python -m searchidx.clean.train DATA…``.

Needs the extra ``train`` (NumPy, scikit-learn); what it writes runs in pure Python.
"""
