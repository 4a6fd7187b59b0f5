"""Builds the live page into wheels and source archives where npm is at hand; elsewhere it is left out."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

WEB = Path(__file__).parent / "web"


def build_page() -> None:
    """Build the page; without it, `argmap live` says what to do."""
    npm = shutil.which("npm")
    if npm is None or not (WEB / "package.json").is_file():
        return
    if subprocess.run([npm, "run", "make"], cwd=WEB, env={**os.environ, "PYTHON": sys.executable}).returncode:
        print("the live page could not be built, and is left out")


class BuildPy(build_py):
    def run(self) -> None:
        if not self.editable_mode:
            build_page()
        super().run()


class Sdist(sdist):
    def run(self) -> None:
        build_page()
        super().run()


setup(cmdclass={"build_py": BuildPy, "sdist": Sdist})
