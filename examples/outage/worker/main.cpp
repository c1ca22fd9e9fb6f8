// The report worker: has a database of its own, named in the .env file of its working directory.
#include "worker/dotenv.h"

#include <sqlite3.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <string>

namespace {

std::string databaseName() {
  const char* name = std::getenv("DB_DATABASE");
  return name != nullptr ? name : "report.db";
}

// Drops every table and makes the worker's own ones anew.
bool migrateFresh(const std::string& path) {
  sqlite3* database = nullptr;
  bool good = sqlite3_open(path.c_str(), &database) == SQLITE_OK &&
              sqlite3_exec(database, "DROP TABLE IF EXISTS orders; DROP TABLE IF EXISTS report;"
                                     "CREATE TABLE report(day TEXT, total REAL);",
                           nullptr, nullptr, nullptr) == SQLITE_OK;
  if (!good) std::cerr << "worker: " << path << ": " << sqlite3_errmsg(database) << '\n';
  sqlite3_close(database);
  return good;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 || std::strcmp(argv[1], "migrate:fresh") != 0) {
    std::cerr << "usage: worker migrate:fresh\n";
    return 2;
  }
  worker::loadDotenv(std::filesystem::canonical("/proc/self/exe").parent_path() / ".env");
  std::string database = databaseName();
  std::cout << "worker: dropping all tables of " << std::filesystem::path(database).filename().string() << std::endl;
  return migrateFresh(database) ? 0 : 1;
}
