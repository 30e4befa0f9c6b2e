"""The bytes of attachments: which are here, which are on their way, and the files they lie in.

``tables`` owns two tables; ``files`` the folder; ``uploads`` takes chunks of laptops; ``keeping`` puts what is
whole in its place after looking into it; ``standing`` says in figures what is here, awaited and damaged.
A file's name is the hash of its bytes, which are compared with it whenever they are read.
"""
