"""YAML and disk: bounded reading, text-only parsing, atomic writing, locks, earlier versions."""
