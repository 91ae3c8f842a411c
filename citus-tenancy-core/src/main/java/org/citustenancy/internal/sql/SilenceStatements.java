package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;

/**
 * Keeps a transaction's statements out of the server's log, its error reports and its statistics, for those that
 * contain a secret.
 */
public final class SilenceStatements {

    private static final Map<String, String> SILENT = new LinkedHashMap<>();

    static {
        SILENT.put("log_statement", "none");
        SILENT.put("log_min_duration_statement", "-1");
        SILENT.put("log_min_duration_sample", "-1");
        SILENT.put("log_transaction_sample_rate", "0");
        SILENT.put("log_duration", "off");
        SILENT.put("log_min_error_statement", "panic");
        SILENT.put("log_parameter_max_length", "0");
        SILENT.put("log_parameter_max_length_on_error", "0");
        SILENT.put("debug_print_parse", "off");
        SILENT.put("debug_print_rewritten", "off");
        SILENT.put("debug_print_plan", "off");
        SILENT.put("auto_explain.log_min_duration", "-1");
        SILENT.put("pg_stat_statements.track", "none");
        SILENT.put("pgaudit.log", "none");
        SILENT.put("track_activities", "off");
    }

    private SilenceStatements() {}

    /**
     * Silences the current transaction. Extensions that are not loaded ignore their parameters.
     *
     * @return a query to fetch, first of all in the transaction
     */
    public static ResultQuery<? extends Record> untilTheTransactionEnds() {
        List<Field<String>> settings = SILENT.entrySet().stream()
                .map(setting -> Functions.setForTransaction(setting.getKey(), setting.getValue()))
                .toList();
        return select(settings);
    }
}
