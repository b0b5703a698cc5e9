#pragma once

#include <libpq-fe.h>

namespace pressings::store::postgresql {

/// The functions of libpq that are used here. A tool whose catalogue is in SQLite needs none of
/// them, and loading libpq with all it needs would take it longer to start (6 ms).
struct Libpq {
    decltype(&PQconninfoParse) conninfo_parse;
    decltype(&PQconndefaults) conndefaults;
    decltype(&PQconninfoFree) conninfo_free;
    decltype(&PQconnectdbParams) connectdb_params;
    decltype(&PQreset) reset;
    decltype(&PQfinish) finish;
    decltype(&PQstatus) status;
    decltype(&PQtransactionStatus) transaction_status;
    decltype(&PQerrorMessage) error_message;
    decltype(&PQconnectionNeedsPassword) connection_needs_password;
    decltype(&PQsetErrorVerbosity) set_error_verbosity;
    decltype(&PQsetNoticeProcessor) set_notice_processor;
    decltype(&PQserverVersion) server_version;
    decltype(&PQparameterStatus) parameter_status;
    decltype(&PQsocket) socket;
    decltype(&PQconsumeInput) consume_input;
    decltype(&PQsendQuery) send_query;
    decltype(&PQsendQueryParams) send_query_params;
    decltype(&PQsendPrepare) send_prepare;
    decltype(&PQsendQueryPrepared) send_query_prepared;
    decltype(&PQgetResult) next_result;
    decltype(&PQresultStatus) result_status;
    decltype(&PQresultErrorField) result_error_field;
    decltype(&PQenterPipelineMode) enter_pipeline;
    decltype(&PQexitPipelineMode) exit_pipeline;
    decltype(&PQpipelineSync) sync_pipeline;
    decltype(&PQclear) clear;
    decltype(&PQntuples) ntuples;
    decltype(&PQnfields) nfields;
    decltype(&PQfname) fname;
    decltype(&PQftype) ftype;
    decltype(&PQgetvalue) value;
    decltype(&PQgetlength) length;
    decltype(&PQgetisnull) is_null;
    decltype(&PQcmdStatus) cmd_status;
    decltype(&PQcmdTuples) cmd_tuples;
};

/// Loads libpq when it is first called, from any thread. StoreError if it is not there.
const Libpq& libpq();

}  // namespace pressings::store::postgresql
