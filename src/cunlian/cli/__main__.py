"""``python -m cunlian.cli``: the console where no script is installed, and for child processes."""

from cunlian.cli import main

if __name__ == "__main__":  # the server's own processes import this file again
    main(prog_name="cunlian")
