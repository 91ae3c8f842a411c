package org.citustenancy.test.internal.sql;

import java.sql.SQLException;
import java.util.List;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.postgresql.core.Parser;

/**
 * Splits texts of several statements. Sent as one text, they would run in one transaction, in which Citus refuses to
 * distribute one table after another. For that reason this class splits them as the driver does.
 */
public final class Script {

    private Script() {}

    /**
     * Returns the statements of a text.
     *
     * @return each statement, without the semicolon
     */
    public static List<String> statementsOf(String text) {
        try {
            return Parser.parseJdbcSql(text, true, false, true, false, false).stream()
                    .map(query -> query.nativeSql)
                    .toList();
        } catch (SQLException failure) {
            throw new InvalidRequestException(
                    Failure.of("The script cannot be taken apart: " + failure.getMessage())
                            .state("nothing was touched")
                            .fix("close every quote and comment"),
                    failure);
        }
    }
}
