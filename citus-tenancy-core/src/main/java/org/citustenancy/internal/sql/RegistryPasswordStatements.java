package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.constraint;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.createTable;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.currentOffsetDateTime;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.deleteFrom;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.insertInto;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.update;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.RegistryFormerPassword.REGISTRY_FORMER_PASSWORD;
import static org.citustenancy.internal.sql.catalog.RegistryPasswordChange.REGISTRY_PASSWORD_CHANGE;
import static org.citustenancy.internal.sql.catalog.RegistryUser.REGISTRY_USER;

import java.util.Collection;
import java.util.List;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.TableField;

/**
 * Statements for the former passwords of users, and for changes of passwords that are not finished. Verifiers move from
 * and to {@code pg_authid} inside the server, so that no statement contains one.
 */
public final class RegistryPasswordStatements {

    /** The number of former passwords that are kept for each user. */
    private static final int KEPT = 16;

    private RegistryPasswordStatements() {}

    /**
     * Creates the tables.
     *
     * @return statements for one transaction
     */
    static List<Query> createTables() {
        return List.of(
                createTable(REGISTRY_FORMER_PASSWORD)
                        .columns(REGISTRY_FORMER_PASSWORD.fields())
                        .constraints(constraint(REGISTRY_FORMER_PASSWORD.getName() + "_key")
                                .primaryKey(REGISTRY_FORMER_PASSWORD.role, REGISTRY_FORMER_PASSWORD.verifier)),
                createTable(REGISTRY_PASSWORD_CHANGE)
                        .columns(REGISTRY_PASSWORD_CHANGE.fields())
                        .constraints(constraint(REGISTRY_PASSWORD_CHANGE.getName() + "_key")
                                .primaryKey(REGISTRY_PASSWORD_CHANGE.role)));
    }

    /**
     * Records a pending change of a role's password, with the current password. After an interrupted change, the
     * earlier recorded password stays.
     *
     * @return a statement for the transaction of the change
     */
    public static Query begin(String role) {
        return insertInto(
                        REGISTRY_PASSWORD_CHANGE,
                        REGISTRY_PASSWORD_CHANGE.role,
                        REGISTRY_PASSWORD_CHANGE.former,
                        REGISTRY_PASSWORD_CHANGE.begunAt)
                .select(select(PG_AUTHID.name, PG_AUTHID.verifier, currentOffsetDateTime())
                        .from(PG_AUTHID)
                        .where(PG_AUTHID.name.eq(role)))
                .onConflict(REGISTRY_PASSWORD_CHANGE.role)
                .doNothing();
    }

    /**
     * Records the new password of the role.
     *
     * @return a statement for the transaction of the change
     */
    public static Query changed(String role) {
        return update(REGISTRY_PASSWORD_CHANGE)
                .set(
                        REGISTRY_PASSWORD_CHANGE.verifier,
                        select(PG_AUTHID.verifier).from(PG_AUTHID).where(PG_AUTHID.name.eq(role)))
                .where(REGISTRY_PASSWORD_CHANGE.role.eq(role));
    }

    /**
     * Ends a change: the password before it becomes a former one.
     *
     * @return statements for one transaction
     */
    public static List<Query> end(String role) {
        return List.of(
                insertInto(
                                REGISTRY_FORMER_PASSWORD,
                                REGISTRY_FORMER_PASSWORD.role,
                                REGISTRY_FORMER_PASSWORD.verifier,
                                REGISTRY_FORMER_PASSWORD.replacedAt)
                        .select(select(
                                        REGISTRY_PASSWORD_CHANGE.role,
                                        REGISTRY_PASSWORD_CHANGE.former,
                                        currentOffsetDateTime())
                                .from(REGISTRY_PASSWORD_CHANGE)
                                .where(
                                        REGISTRY_PASSWORD_CHANGE.role.eq(role),
                                        REGISTRY_PASSWORD_CHANGE.former.isNotNull()))
                        .onConflict(REGISTRY_FORMER_PASSWORD.role, REGISTRY_FORMER_PASSWORD.verifier)
                        .doUpdate()
                        .set(REGISTRY_FORMER_PASSWORD.replacedAt, currentOffsetDateTime()),
                deleteFrom(REGISTRY_FORMER_PASSWORD)
                        .where(
                                REGISTRY_FORMER_PASSWORD.role.eq(role),
                                REGISTRY_FORMER_PASSWORD.verifier.notIn(select(REGISTRY_FORMER_PASSWORD.verifier)
                                        .from(REGISTRY_FORMER_PASSWORD)
                                        .where(REGISTRY_FORMER_PASSWORD.role.eq(role))
                                        .orderBy(REGISTRY_FORMER_PASSWORD.replacedAt.desc())
                                        .limit(KEPT))),
                abandon(role));
    }

    /** Removes a change, after which the earlier password is in force again. */
    public static Query abandon(String role) {
        return deleteFrom(REGISTRY_PASSWORD_CHANGE).where(REGISTRY_PASSWORD_CHANGE.role.eq(role));
    }

    /**
     * Removes the passwords of roles that are in no project any more.
     *
     * @return statements for one transaction
     */
    public static List<Query> forgetUnused() {
        return List.of(
                deleteFrom(REGISTRY_FORMER_PASSWORD)
                        .where(REGISTRY_FORMER_PASSWORD.role.notIn(
                                select(REGISTRY_USER.name).from(REGISTRY_USER))),
                deleteFrom(REGISTRY_PASSWORD_CHANGE)
                        .where(REGISTRY_PASSWORD_CHANGE.role.notIn(
                                select(REGISTRY_USER.name).from(REGISTRY_USER))));
    }

    /**
     * Returns the former passwords of a role.
     *
     * @return a row per verifier, which is a secret
     */
    public static ResultQuery<? extends Record> former(String role) {
        return select(REGISTRY_FORMER_PASSWORD.verifier)
                .from(REGISTRY_FORMER_PASSWORD)
                .where(REGISTRY_FORMER_PASSWORD.role.eq(role))
                .orderBy(REGISTRY_FORMER_PASSWORD.replacedAt.desc());
    }

    /**
     * Returns the changes that did not finish.
     *
     * @return a row per role, with secrets
     */
    public static ResultQuery<? extends Record> unfinished(Collection<String> roles) {
        return select(REGISTRY_PASSWORD_CHANGE.role, REGISTRY_PASSWORD_CHANGE.former, REGISTRY_PASSWORD_CHANGE.verifier)
                .from(REGISTRY_PASSWORD_CHANGE)
                .where(REGISTRY_PASSWORD_CHANGE.role.in(roles))
                .orderBy(REGISTRY_PASSWORD_CHANGE.role);
    }

    /**
     * Restores the password that a role had before an unfinished change.
     *
     * @return a statement for the coordinator, in a {@linkplain SilenceStatements silent} transaction
     */
    public static Query goBack(String role) {
        return apply(role, REGISTRY_PASSWORD_CHANGE.former);
    }

    /**
     * Sets the password of an unfinished change.
     *
     * @return a statement for the coordinator, in a {@linkplain SilenceStatements silent} transaction
     */
    public static Query goForward(String role) {
        return apply(role, REGISTRY_PASSWORD_CHANGE.verifier);
    }

    private static Query apply(String role, TableField<Record, String> which) {
        Query verifier =
                select(which).from(REGISTRY_PASSWORD_CHANGE).where(REGISTRY_PASSWORD_CHANGE.role.eq(literal(role)));
        return statement(
                "do {0}",
                literal(Sql.text(statement(
                        """
                        begin
                          perform pg_catalog.set_config('log_min_messages', 'panic', true);
                          if exists (select from {0} where {1} = {2}) then
                            execute pg_catalog.format('alter role %I with password %L', {2}, ({3}));
                          end if;
                        end""", REGISTRY_PASSWORD_CHANGE, REGISTRY_PASSWORD_CHANGE.role, literal(role), verifier))));
    }
}
