#include "common/store/postgres_raw.h"

#include "common/store/soci.h"  // First: it settles what the backends' headers need.

#include <libpq-fe.h>
#include <soci/postgresql/soci-postgresql.h>

#include <memory>

namespace hoso::store {
namespace {

PGconn* Handle(soci::session& sql) {
  return static_cast<soci::postgresql_session_backend*>(sql.get_backend())->conn_;
}

}  // namespace

bool HasPostgres() {
  return true;
}

std::string RunPostgres(soci::session& sql, const std::string& script) {
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(Handle(sql), script.c_str()),
                                                             &PQclear);
  const ExecStatusType status = PQresultStatus(result.get());
  if (status == PGRES_TUPLES_OK)
    return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
  if (status == PGRES_COMMAND_OK) return PQcmdStatus(result.get());
  const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
  // The server's message may quote data; only the code is passed on. 08006: connection failure.
  throw soci::postgresql_soci_error("postgresql", state != nullptr ? state : "08006");
}

void ConnectPostgres(soci::session& sql, const std::string& address) {
  try {
    sql.close();
    sql.open(soci::postgresql, address);
  } catch (const soci::soci_error&) {
    // SOCI has no code for it, and its message may hold the address with the password.
    throw soci::postgresql_soci_error("postgresql", "08001");
  }
}

bool PostgresLost(soci::session& sql) {
  PGconn* connection = Handle(sql);
  // A server that went leaves a farewell and an end to be read; neither shows before it is.
  for (int i = 0; i < 2 && PQstatus(connection) == CONNECTION_OK; ++i) PQconsumeInput(connection);
  return PQstatus(connection) == CONNECTION_BAD;
}

std::optional<std::string> PostgresState(const soci::soci_error& error) {
  const auto* known = dynamic_cast<const soci::postgresql_soci_error*>(&error);
  return known == nullptr ? std::nullopt : std::optional(known->sqlstate());
}

}  // namespace hoso::store
