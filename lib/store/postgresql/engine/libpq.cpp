#include "store/postgresql/engine/libpq.hpp"

#include "base/shared_library.hpp"
#include "base/sonames.hpp"
#include "store/store_error.hpp"

namespace pressings::store::postgresql {

namespace {

SharedLibrary open_library() {
    try {
        return SharedLibrary{soname::k_pq};
    } catch (const LibraryError& error) {
        throw StoreError(std::string{"a catalogue in PostgreSQL needs libpq: "} + error.what());
    }
}

Libpq load() {
    const SharedLibrary library = open_library();
    Libpq pq{};
    library.find("PQconninfoParse", pq.conninfo_parse);
    library.find("PQconndefaults", pq.conndefaults);
    library.find("PQconninfoFree", pq.conninfo_free);
    library.find("PQconnectdbParams", pq.connectdb_params);
    library.find("PQreset", pq.reset);
    library.find("PQfinish", pq.finish);
    library.find("PQstatus", pq.status);
    library.find("PQtransactionStatus", pq.transaction_status);
    library.find("PQerrorMessage", pq.error_message);
    library.find("PQconnectionNeedsPassword", pq.connection_needs_password);
    library.find("PQsetErrorVerbosity", pq.set_error_verbosity);
    library.find("PQsetNoticeProcessor", pq.set_notice_processor);
    library.find("PQserverVersion", pq.server_version);
    library.find("PQparameterStatus", pq.parameter_status);
    library.find("PQsocket", pq.socket);
    library.find("PQconsumeInput", pq.consume_input);
    library.find("PQsendQuery", pq.send_query);
    library.find("PQsendQueryParams", pq.send_query_params);
    library.find("PQsendPrepare", pq.send_prepare);
    library.find("PQsendQueryPrepared", pq.send_query_prepared);
    library.find("PQgetResult", pq.next_result);
    library.find("PQresultStatus", pq.result_status);
    library.find("PQresultErrorField", pq.result_error_field);
    library.find("PQenterPipelineMode", pq.enter_pipeline);
    library.find("PQexitPipelineMode", pq.exit_pipeline);
    library.find("PQpipelineSync", pq.sync_pipeline);
    library.find("PQclear", pq.clear);
    library.find("PQntuples", pq.ntuples);
    library.find("PQnfields", pq.nfields);
    library.find("PQfname", pq.fname);
    library.find("PQftype", pq.ftype);
    library.find("PQgetvalue", pq.value);
    library.find("PQgetlength", pq.length);
    library.find("PQgetisnull", pq.is_null);
    library.find("PQcmdStatus", pq.cmd_status);
    library.find("PQcmdTuples", pq.cmd_tuples);
    return pq;
}

}  // namespace

const Libpq& libpq() {
    static const Libpq pq = load();
    return pq;
}

}  // namespace pressings::store::postgresql
