"""The senses: telemetry comes in, findings go out. Each plain file here is one detector."""
