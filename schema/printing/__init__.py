"""What is printed: data in, the bytes of a PDF out, at both ends and without a link.

The same record gives the same bytes, so that a lost paper can be made again as it was. Nothing is read
but the fonts that lie beside this, and nothing is left on a disk.
"""
