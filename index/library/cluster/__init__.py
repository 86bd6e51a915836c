"""A library on a Qdrant cluster, by address: the same documents, lists and ranking as in a folder.

One collection holds a passage as a point with its vectors (one for its
meaning, a sparse one for its words, one for each token), and beside these the
documents and what must be known of all of them. The client keeps the latter
at hand, hash-checked, and asks the cluster for candidates and their scores.
"""
