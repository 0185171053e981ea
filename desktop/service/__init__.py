"""The one thing both faces talk to. It knows no Qt and parses nothing that strangers wrote."""
