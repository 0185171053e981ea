"""One file a page. Pages build widgets and connect signals; they decide nothing."""
