"""Makes one backup of the database and the schemas bucket."""

import consistent_backup
from failure import main

if __name__ == "__main__":
    main(consistent_backup.make)
