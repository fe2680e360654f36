"""For all tests: settings of whoever runs them play no part, and a slow machine is no failure."""

import os

from hypothesis import HealthCheck, settings

from assistant.settings import Settings

OURS, FOR_TESTS = "POLICY_", "POLICY_TEST_"
for name in [each for each in os.environ if each.startswith(OURS) and not each.startswith(FOR_TESTS)]:
    del os.environ[name]
Settings.model_config["env_file"] = None  # a `.env` in the checkout is its owner's

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
