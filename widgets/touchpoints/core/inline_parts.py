"""Scripts and styles that stand inside a page, and their hashes for the page's policy."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Final

#: What ends a script element early or starts a comment in it.
_ENDS_SCRIPT: Final = re.compile(r"</script|<!--", re.IGNORECASE)


def inline_script(source: str) -> str:
    """Return a script for a page, unless it would end its element early.

    Args:
        source: JavaScript of the kit's own.

    Returns:
        The script, unchanged.

    Raises:
        ValueError: If it holds what can't stand in a script element.

    Example:
        >>> inline_script("let a = 1;")
        'let a = 1;'
    """
    if _ENDS_SCRIPT.search(source) or "\r" in source:
        raise ValueError("a script of the page holds what can't stand in a script element")
    return source


def script_safe(data: object) -> str:
    r"""Write data as JSON that can stand in a script element: no `<` ends the element early.

    Args:
        data: What JSON can hold.

    Example:
        >>> script_safe("</script>")
        '"\\u003c/script>"'
    """
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def policy_hash(content: str) -> str:
    """Return what a Content-Security-Policy names a script or style by.

    Args:
        content: All between the tags.

    Returns:
        Its SHA-256 in the policy's form, quotes included.

    Example:
        >>> policy_hash("")
        "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"'sha256-{digest}'"
