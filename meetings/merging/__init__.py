"""Records that are one: who may be whom, what merging them would move, merging, and parting again.

    candidates → preview → judgement → settling: merged_into, the rows of documents, the meetings derived from them

A merge is a judgement that names its records by what lasts. The merged record stays as it was read, with its names and posts, and
leads to the other; so it can be parted exactly, and whatever is read later finds it again and is taken to the other.
"""
