"""Where a person's findings and settings are kept when nobody names a folder.

Before this on the path: the system. After it: both faces, which open the service there.
"""

from __future__ import annotations

from pathlib import Path

import platformdirs


def default_data_folder() -> Path:
    """Name the system's place for data of this person; it need not exist yet."""
    return platformdirs.user_data_path("plainwatch", appauthor=False)
