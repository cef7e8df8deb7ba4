"""The examples in the modules' READMEs: each is applied as it stands, to an emulator that holds nothing else.

It is planned again, used and taken down. All of them do so at once, because what takes long is waiting: the provider
looks for minutes whether queues and buckets stay as they are.
"""
