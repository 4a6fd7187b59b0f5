"""Files: reading and writing them safely, and the settings beside them."""
