"""Run the command line as `python -m touchpoints.cli`."""

import sys

from touchpoints.cli import main

sys.exit(main())
