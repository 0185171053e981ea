"""One file a widget idea: small painted or composed parts that pages share."""
