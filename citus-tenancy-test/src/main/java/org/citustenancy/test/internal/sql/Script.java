package org.citustenancy.test.internal.sql;

import java.sql.SQLException;
import java.util.List;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.postgresql.core.Parser;

/**
 * Texts of several statements. Sent as one, they would be one transaction, in which Citus refuses to distribute one table
 * after another; so they are taken apart, as the driver does it.
 */
public final class Script {

    private Script() {}

    /**
     * The statements of a text.
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
