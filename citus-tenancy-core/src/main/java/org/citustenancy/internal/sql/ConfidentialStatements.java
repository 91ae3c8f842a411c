package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.citustenancy.internal.shaded.jooq.Name;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.QueryPart;

/**
 * Sends a statement with a secret to a server as a row of a {@code COPY}, which neither the driver nor the server
 * writes into any log, and from which the server runs it. All of it runs in one transaction, which must be {@linkplain
 * SilenceStatements silent}.
 */
public final class ConfidentialStatements {

    private static final Name ROOM = name("pg_temp", "citus_tenancy_statement");

    private ConfidentialStatements() {}

    /** Creates the table for it. */
    public static Query prepare() {
        return statement("create temporary table {0} (line pg_catalog.text) on commit drop", ROOM);
    }

    /**
     * Receives it.
     *
     * @return a {@code COPY ... FROM STDIN}
     */
    public static Query receive() {
        return statement("copy {0} from stdin", ROOM);
    }

    /** Returns the row to send. */
    public static byte[] row(QueryPart secret) {
        String line = HexFormat.of().formatHex(Sql.text(secret).getBytes(StandardCharsets.UTF_8));
        return (line + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Runs it. The context of an error would contain the statement, so the error is raised again without it. */
    public static Query run() {
        return statement("do {0}", literal(Sql.text(statement("""
                        declare
                          secret pg_catalog.text;
                        begin
                          perform pg_catalog.set_config('log_min_messages', 'panic', true);
                          select pg_catalog.convert_from(pg_catalog.decode(line, 'hex'), 'UTF8') into strict secret from {0};
                          drop table {0};
                          execute secret;
                        exception when others then
                          raise exception using errcode = sqlstate, message = sqlerrm;
                        end""", ROOM))));
    }
}
