"""Settings that every test shares."""

from hypothesis import settings

# Other work on the machine must not turn a property test into a timed test.
settings.register_profile("default", deadline=None)
settings.load_profile("default")
