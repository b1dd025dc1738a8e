"""`pricing doctor`: whether this machine can run the program, line by line."""

import locale
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryFile

import click

from pricing.cli._output import INTERNAL_ERROR, Output, help_text, with_output

DISTRIBUTION = "public-service-pricing"
OLDEST_PYTHON = (3, 11)
FREE_BYTES = 1_000_000_000  # a study with its figures takes a tenth of this
NAME = re.compile(r"[^A-Za-z0-9._-]")
VIETNAMESE = "ăâđêôơưĂÂĐÊÔƠƯáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ₫"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at: whether it will do, and what was found."""

    name: str
    ok: bool
    found: str


@click.command(help=help_text("doctor"))
@with_output
def doctor(output: Output) -> None:
    """Print what was found; exit 1 if something will not do."""
    findings = [finding for look in LOOKS for finding in look()]
    output.json(
        {
            "ok": all(finding.ok for finding in findings),
            "findings": [asdict(finding) for finding in findings],
        }
    )
    for finding in findings:
        mark = output.text("cli.doctor.ok" if finding.ok else "cli.doctor.bad")
        output.data(f"{mark}  {output.text(f'cli.doctor.{finding.name}')}: {finding.found}")
    if not all(finding.ok for finding in findings):
        click.get_current_context().exit(INTERNAL_ERROR)


def _python() -> Iterator[Finding]:
    version = sys.version.split()[0]
    yield Finding(name="python", ok=sys.version_info >= OLDEST_PYTHON, found=version)


def _packages() -> Iterator[Finding]:
    """The packages that the distribution requires, with their versions."""
    required = metadata.requires(DISTRIBUTION) or []
    names = [NAME.split(line)[0] for line in required if "extra ==" not in line]
    versions = {name: _version(name) for name in names}
    absent = [name for name, version in versions.items() if not version]
    found = ", ".join(f"{name} {version or '–'}" for name, version in versions.items())
    yield Finding(name="packages", ok=not absent, found=found)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _fonts() -> Iterator[Finding]:
    """Whether the font of the figures has every Vietnamese letter."""
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.ft2font import FT2Font

    letters = FT2Font(findfont(FontProperties(family="DejaVu Sans"))).get_charmap()
    absent = "".join(letter for letter in VIETNAMESE if ord(letter) not in letters)
    yield Finding(name="fonts", ok=not absent, found=f"DejaVu Sans {absent}".strip())


def _encoding() -> Iterator[Finding]:
    names = {locale.getpreferredencoding(do_setlocale=False), sys.getfilesystemencoding()}
    ok = all(name.lower().replace("-", "") == "utf8" for name in names)
    yield Finding(name="encoding", ok=ok, found=", ".join(sorted(names)))


def _machine() -> Iterator[Finding]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    yield Finding(name="cores", ok=True, found=str(cores))
    free = shutil.disk_usage(Path.cwd()).free
    yield Finding(name="disk", ok=free >= FREE_BYTES, found=f"{free / 1e9:.1f} GB")


def _outputs() -> Iterator[Finding]:
    """Whether results can be written to outputs/ in this folder, or beside it if there is none."""
    folder = Path("outputs") if Path("outputs").is_dir() else Path()
    try:
        with TemporaryFile(dir=folder):
            ok = True
    except OSError:
        ok = False
    yield Finding(name="outputs", ok=ok, found=str(folder.absolute()))


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _python,
    _packages,
    _fonts,
    _encoding,
    _machine,
    _outputs,
)
