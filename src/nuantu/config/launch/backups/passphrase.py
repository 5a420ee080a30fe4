"""Where the passphrase of a backup comes from: a file, the environment, or the keyboard."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from nuantu.config.launch.trouble import Trouble

VARIABLE = "NUANTU_BACKUP_PASSPHRASE"
SHORTEST = 12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-file", metavar="FILE", help="口令文件 / file with the passphrase"
    )
    parser.add_argument(
        "--key-passphrase-file",
        metavar="FILE",
        help="密钥文件另用的口令 / a passphrase of its own for the key file",
    )


def of_backup(options: argparse.Namespace, *, is_new: bool) -> str:
    """The passphrase of the whole backup. A new one must be long enough. Raises Trouble."""
    text = _given(options.passphrase_file) or os.environ.get(VARIABLE, "")
    if not text and sys.stdin.isatty():
        text = _ask(is_new)
    if not text:
        raise Trouble(
            f"请用 --passphrase-file 或环境变量 {VARIABLE} 给出备份口令。",
            f"Give the backup's passphrase by --passphrase-file or the variable {VARIABLE}.",
        )
    if is_new and len(text) < SHORTEST:
        raise Trouble(
            f"备份口令太短，至少 {SHORTEST} 个字符。",
            f"The passphrase is too short, at least {SHORTEST} characters are needed.",
        )
    return text


def of_keys(options: argparse.Namespace, backup: str) -> str:
    """The passphrase of the wrapped key file; the backup's own unless another was given."""
    return _given(options.key_passphrase_file) or backup


def _given(path: str | None) -> str:
    if not path:
        return ""
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise Trouble(
            f"读不出口令文件 {path}（{why}）。",
            f"The passphrase file {path} cannot be read ({why}).",
        ) from error


def _ask(is_new: bool) -> str:
    first = getpass.getpass("备份口令 / passphrase: ")
    if is_new and first != getpass.getpass("再输一次 / again: "):
        raise Trouble("两次口令不同。", "The two passphrases differ.")
    return first
