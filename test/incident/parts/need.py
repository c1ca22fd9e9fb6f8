"""What the test needs of the system, and how it tells that something went wrong."""
import os
import shutil

PATH = "/usr/bin:/bin:/usr/sbin:/sbin"
# What is looked for, and Debian's package of it.
TOOLS = {"php": "php-cli", "php-fpm8.2": "php-fpm", "mariadbd": "mariadb-server-core", "mariadb": "mariadb-client-core",
         "mariadb-install-db": "mariadb-server-core"}
FILES = {"/usr/share/php/Illuminate/autoload.php": "php-laravel-framework",
         "/usr/share/php/Symfony/Component/Process/autoload.php": "php-symfony-process",
         "/usr/share/php/Dotenv/autoload.php": "php-vlucas-phpdotenv",
         "/etc/php/8.2/cli/conf.d/20-pdo_mysql.ini": "php-mysql"}
# In front of a server: it does not outlive a test that is killed.
ENDS_WITH_US = ("/usr/bin/setpriv", "--pdeathsig", "TERM")


class Failure(Exception):
    """What was to be tested could not be, or is not as it should be."""


def tool(name):
    return shutil.which(name, path=PATH)


def missing():
    """Debian's packages that are not there."""
    return sorted({package for name, package in TOOLS.items() if not tool(name)} |
                  {package for file, package in FILES.items() if not os.path.exists(file)})
