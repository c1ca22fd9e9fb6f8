// The orders service. Its environment (set by whoever deploys it) names the production database.
#include "orders/start.h"

#include <sqlite3.h>

#include <cstdlib>
#include <iostream>

namespace {

// Number of orders in the database, or -1 if there is no such table.
int countOrders(const char* path) {
  sqlite3* database = nullptr;
  sqlite3_stmt* query = nullptr;
  int count = -1;
  if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK &&
      sqlite3_prepare_v2(database, "SELECT count(*) FROM orders", -1, &query, nullptr) == SQLITE_OK &&
      sqlite3_step(query) == SQLITE_ROW)
    count = sqlite3_column_int(query, 0);
  sqlite3_finalize(query);
  sqlite3_close(database);
  return count;
}

void report(const char* when, const char* database) {
  int count = countOrders(database);
  std::cout << when << ": ";
  if (count < 0)
    std::cout << "table 'orders' does not exist in " << database << std::endl;
  else
    std::cout << count << " orders in " << database << std::endl;
}

}  // namespace

int main(int argc, char** argv) {
  const char* database = std::getenv("DB_DATABASE");
  if (argc != 2 || database == nullptr) {
    std::cerr << "usage: DB_DATABASE=FILE orders PATH-OF-WORKER\n";
    return 2;
  }
  report("orders: before the report worker ran", database);
  // A fresh set of report tables for the night's report, in the worker's own database: or so it is meant.
  if (orders::start({argv[1], "migrate:fresh"}) != 0) std::cerr << "orders: the worker failed\n";
  report("orders: after the report worker ran", database);
  return 0;
}
