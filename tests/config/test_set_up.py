"""`./nuantu` itself: sets up by hash without a network, twice quickly, half-finished or at once."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.config import launching

IS_ROOT = os.geteuid() == 0
CLI = """
import sys, snowflake_of_the_test
print("handed over", sys.argv[1:], snowflake_of_the_test.__file__)
"""


@contextmanager
def a_project() -> Iterator[Path]:
    """A tiny project of the same shape: one package, in wheels/, and a command line."""
    with launching.open_folder("暖途 项目") as folder:
        shutil.copy(launching.ROOT / "nuantu", folder / "nuantu")
        cli = folder / "src" / "nuantu" / "config" / "cli.py"
        cli.parent.mkdir(parents=True)
        cli.write_text(CLI)
        pin_package(folder, "1.0")
        yield folder


@pytest.fixture
def project() -> Iterator[Path]:
    """A project that was never started."""
    with a_project() as folder:
        yield folder


@pytest.fixture(scope="module")
def first_start() -> Iterator[tuple[Path, subprocess.CompletedProcess[str]]]:
    """A project and how its first start ended; making an environment takes seconds."""
    with a_project() as folder:
        yield folder, nuantu(folder, "up", "--port", "8001")


@pytest.fixture
def started(first_start: tuple[Path, subprocess.CompletedProcess[str]]) -> Path:
    """That project, set up, whatever the test before left of it."""
    folder, _said = first_start
    assert nuantu(folder, "up").returncode == 0
    return folder


def pin_package(project: Path, version: str, *, in_wheels: bool = True) -> None:
    """Lock a package, made here, to its hash."""
    wheels = project / "wheels"
    wheels.mkdir(exist_ok=True)
    wheel = wheels / f"snowflake_of_the_test-{version}-py3-none-any.whl"
    info = f"snowflake_of_the_test-{version}.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("snowflake_of_the_test.py", "")
        archive.writestr(
            f"{info}/METADATA",
            f"Metadata-Version: 2.1\nName: snowflake-of-the-test\nVersion: {version}\n",
        )
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(
            f"{info}/RECORD", f"snowflake_of_the_test.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n"
        )
    line = (
        f"snowflake-of-the-test=={version}"
        f" --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"
    )
    for lock in ("requirements.lock", "requirements-test.lock"):
        (project / lock).write_text(line)
        if in_wheels:
            (wheels / lock).write_text(line)


def nuantu(
    project: Path, *arguments: str, uid: int | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [launching.interpreter(uid), str(project / "nuantu"), *arguments],
        env=launching.clean_environment(**variables),
        user=uid,
        group=uid,
        extra_groups=None if uid is None else [],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )


def test_an_unknown_command_gets_a_sentence_and_no_set_up(project: Path) -> None:
    done = nuantu(project, "fly")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "没有命令 fly；./nuantu help 列出全部命令。",
        "There is no command fly; ./nuantu help lists them.",
    ]
    assert not (project / ".venv").exists()


def test_help_needs_no_set_up(project: Path) -> None:
    done = nuantu(project)
    assert done.returncode == 0
    assert "backup" in done.stdout
    assert not (project / ".venv").exists()


def test_an_old_python_gets_a_sentence(project: Path) -> None:
    """The file is read by an old Python as a whole, so its syntax is old too."""
    code = (
        "import sys; sys.version_info = (3, 9, 2); sys.argv = ['nuantu', 'up'];"
        f"exec(compile(open({str(project / 'nuantu')!r}, encoding='utf-8').read(),"
        f" {str(project / 'nuantu')!r}, 'exec'), {{'__name__': '__main__',"
        f" '__file__': {str(project / 'nuantu')!r}}})"
    )
    done = launching.python(code, PATH="/nowhere")
    assert done.returncode == 1
    assert done.stderr.startswith("需要 Python 3.11 或更新版本，这里是 3.9；")
    assert "apt-get install python3 python3-venv" in done.stderr


def test_a_python_compiled_without_optimisation_leaves_the_work_to_the_systems(
    project: Path,
) -> None:
    """Wheels lie there for the Python that runs, so it stays then."""
    code = (
        "import runpy, sys, sysconfig; quick = runpy.run_path(sys.argv[1])['quick_python'];"
        "said = sysconfig.get_config_vars();"
        "[(said.update(CONFIG_ARGS=one), print(quick())) for one in ('--x', '--enable-optimizations')]"
    )

    def taken() -> list[str]:
        done = launching.python(code, str(project / "nuantu"))
        assert done.returncode == 0, done.stderr
        return [line for line in done.stdout.splitlines() if line.startswith("/")]

    ours, systems = sys.executable, "/usr/bin/python3"
    assert taken() == [ours, ours]
    shutil.rmtree(project / "wheels")
    asked = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"
    is_there = Path(systems).exists() and not subprocess.run([systems, "-c", asked]).returncode
    is_systems = os.path.realpath(ours).startswith("/usr/bin/")
    assert taken() == [systems if is_there and not is_systems else ours, ours]


@pytest.mark.slow
def test_the_second_start_installs_nothing(
    first_start: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    project, first = first_start
    assert first.returncode == 0, first.stderr
    assert "安装 1 个软件包" in first.stdout
    assert "handed over ['up', '--port', '8001']" in first.stdout
    assert str(project / ".venv") in first.stdout
    second = nuantu(project, "doctor")
    assert second.stdout.startswith("handed over ['doctor']")


@pytest.mark.slow
def test_a_new_lock_is_installed(started: Path) -> None:
    pin_package(started, "2.0")
    done = nuantu(started, "up")
    assert "安装 1 个软件包" in done.stdout, done.stderr
    assert list((started / ".venv").rglob("snowflake_of_the_test-2.0.dist-info"))


@pytest.mark.slow
def test_a_set_up_cut_short_is_done_anew(started: Path) -> None:
    """A killed installer leaves packages that look whole; the environment is made again."""
    module = next((started / ".venv").rglob("snowflake_of_the_test.py"))
    module.unlink()
    (started / ".venv" / "nuantu.unfinished").touch()
    done = nuantu(started, "up")
    assert "重新安装" in done.stdout
    assert "handed over" in done.stdout, done.stderr


@pytest.mark.slow
def test_an_environment_whose_python_is_gone_is_made_anew(started: Path) -> None:
    """A system upgrade takes the old Python away."""
    python = started / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/usr/bin/python3.0")
    done = nuantu(started, "up")
    assert "handed over" in done.stdout, done.stderr


@pytest.mark.slow
def test_two_at_once_set_up_once(project: Path) -> None:
    starters = [
        subprocess.Popen(
            [sys.executable, str(project / "nuantu"), "up"],
            env=launching.clean_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(2)
    ]
    said = [starter.communicate(timeout=launching.PATIENCE)[0] for starter in starters]
    assert all("handed over" in text for text in said), said
    assert sum("安装 1 个软件包" in text for text in said) == 1, said


def test_wheels_of_another_version_are_refused(project: Path) -> None:
    pin_package(project, "3.0", in_wheels=False)
    done = nuantu(project, "up")
    assert done.returncode == 1
    assert "wheels/ 缺少这个版本要用的软件包（snowflake-of-the-test）" in done.stderr
    assert "./nuantu wheels" in done.stderr


@pytest.mark.slow
def test_a_changed_package_is_refused(project: Path) -> None:
    """What does not match its hash is never installed."""
    wheel = next((project / "wheels").glob("*.whl"))
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("added.py", "")
    done = nuantu(project, "up")
    assert done.returncode == 1
    assert "handed over" not in done.stdout
    assert not list((project / ".venv").rglob("added.py"))


@pytest.mark.slow
def test_pip_does_it_where_uv_is_not(project: Path) -> None:
    done = nuantu(project, "up", PATH="/usr/bin:/bin")
    assert "handed over" in done.stdout, done.stderr
    assert (project / ".venv" / "bin" / "pip").exists()


@pytest.mark.slow
@pytest.mark.skipif(not IS_ROOT, reason="changes accounts")
def test_a_folder_of_somebody_else_gets_a_sentence(project: Path) -> None:
    uid = launching.ordinary_uid()
    if not launching.interpreter(uid):
        pytest.skip("no Python of this version that an ordinary account can enter")
    done = nuantu(project, "up", uid=uid)
    assert done.returncode == 1
    assert f"不能写入 {project}" in done.stderr
    assert "NUANTU_VENV" in done.stderr
    with launching.open_folder() as own:
        os.chown(own, uid, uid)
        done = nuantu(project, "up", uid=uid, NUANTU_VENV=str(own / "venv"), HOME=str(own))
    assert "handed over" in done.stdout, done.stderr


def test_every_command_of_the_front_door_has_a_room() -> None:
    """What `./nuantu help` lists is what the command line knows, and the other way round."""
    from nuantu.config import cli

    listed = launching.python(
        f"import runpy, sys;print(*runpy.run_path({str(launching.ROOT / 'nuantu')!r})['COMMANDS'])"
    ).stdout.split()
    assert set(listed) - {"wheels"} == set(cli.COMMANDS)
