"""Compiled forms of the data files, kept in the user's cache folder so that a quick command parses none of them."""

import contextlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def cache_folder() -> Path:
    """Return the folder for compiled data; ``KG_CACHE`` overrides the user's cache folder."""
    import platformdirs  # noqa: PLC0415  only where the environment names no folder

    return Path(os.environ.get("KG_CACHE") or platformdirs.user_cache_dir("ai-compute-kg"))


def cached(name: str, key: str, build: Callable[[], Any]) -> Any:
    """Return the JSON value kept under this name and key, or build it and keep it.

    ``key`` must change when the sources change. A cache that cannot be read or written is no error: the value is
    built again.
    """
    path = cache_folder() / f"{name}-{key}.json"
    with contextlib.suppress(OSError, ValueError):
        return json.loads(path.read_text(encoding="utf-8"))
    value = build()
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False)
        Path(temporary).replace(path)
    return value
