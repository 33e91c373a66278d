"""Starts tenken; the version is told without loading anything else."""

import sys


def main() -> None:
    if sys.argv[1:] == ["--version"]:
        from tenken import __version__

        sys.stdout.write(__version__ + "\n")
        return
    from tenken.cli import run

    run()


if __name__ == "__main__":
    main()
