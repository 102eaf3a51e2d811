"""python -m refute is refute."""

from refute.cli.main import main

if __name__ == "__main__":
    main()
