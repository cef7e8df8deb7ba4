"""What we ship and use of other people's work: its licences, lists of what each zip holds, and its known flaws.

`python -m tools.supply` tells how to run it.
"""
