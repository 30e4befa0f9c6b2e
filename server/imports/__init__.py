"""Lists from elsewhere: each row is a Unit through the one write path, or a line of the rejects file.

``lists`` reads a CSV file row by row, whatever is wrong with it; ``mapping`` says which column is which
field; ``cells`` understands one cell; ``kinds`` makes rows of reference data into records and
``persons`` rows of a legacy list; ``running`` writes them; ``rejects`` keeps what was refused and why.
Nothing of a bad row is written, and a bad row stops no other.
"""
