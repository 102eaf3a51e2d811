"""The plugin under the name of its entry point, so that an installed and a bare checkout agree."""

pytest_plugins = ["refute.pytest_plugin", "pytester"]
