"""The outside world as core values: YAML files, found by id or by path."""
