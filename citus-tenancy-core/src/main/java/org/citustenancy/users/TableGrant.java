package org.citustenancy.users;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.names.Names;
import org.citustenancy.tables.TableName;

/**
 * The privileges of a user on one table. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * TableGrant.on("orders").privileges(TablePrivilege.SELECT, TablePrivilege.UPDATE)
 * TableGrant.on("users").columns("id", "name")
 * }</pre>
 *
 * @param table the table, which need not exist yet
 * @param privileges the privileges on the table
 * @param columns the columns to which the privileges apply; empty for the whole table
 */
public record TableGrant(TableName table, Set<TablePrivilege> privileges, List<String> columns) {

    /** Copies the collections and checks that they do not contradict each other. */
    public TableGrant {
        if (privileges.isEmpty()) {
            throw new InvalidRequestException(Failure.of("A grant on " + table + " without a privilege gives nothing")
                    .fix("name at least one"));
        }
        privileges = Collections.unmodifiableSet(EnumSet.copyOf(privileges));
        columns = List.copyOf(columns);
        columns.forEach(column -> Names.identifier("column", column));
        for (TablePrivilege privilege : privileges) {
            if (!columns.isEmpty() && !privilege.isForColumns()) {
                throw new InvalidRequestException(
                        Failure.of(privilege + " on " + table + " cannot be given for single columns")
                                .fix("leave the columns out, or the privilege"));
            }
        }
    }

    /**
     * Creates a grant to read a whole table.
     *
     * @param table the table, as {@link TableName#of} reads it
     * @return a grant to be changed with the other methods
     */
    public static TableGrant on(String table) {
        return new TableGrant(TableName.of(table), EnumSet.of(TablePrivilege.SELECT), List.of());
    }

    /**
     * Sets the privileges on the table.
     *
     * @param all all privileges to grant
     * @return a copy
     */
    public TableGrant privileges(TablePrivilege... all) {
        return new TableGrant(table, Set.of(all), columns);
    }

    /**
     * Restricts the privileges to columns.
     *
     * @param names the columns
     * @return a copy
     */
    public TableGrant columns(String... names) {
        return new TableGrant(table, privileges, Arrays.asList(names));
    }
}
