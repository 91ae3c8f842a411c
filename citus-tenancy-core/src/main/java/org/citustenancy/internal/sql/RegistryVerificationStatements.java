package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.constraint;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.currentOffsetDateTime;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.deleteFrom;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.insertInto;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectFrom;
import static org.citustenancy.internal.sql.catalog.RegistryNotice.REGISTRY_NOTICE;
import static org.citustenancy.internal.sql.catalog.RegistryProject.REGISTRY_PROJECT;
import static org.citustenancy.internal.sql.catalog.RegistryVerification.REGISTRY_VERIFICATION;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.plan.Finding;

/** Statements for the last verifications of projects in the registry. */
public final class RegistryVerificationStatements {

    private RegistryVerificationStatements() {}

    static List<Query> createTables() {
        return List.of(
                RegistryStatements.oneOfProject(REGISTRY_VERIFICATION, REGISTRY_VERIFICATION.project),
                DSL.createTable(REGISTRY_NOTICE)
                        .columns(REGISTRY_NOTICE.fields())
                        .constraints(
                                constraint("notice_key").primaryKey(REGISTRY_NOTICE.project, REGISTRY_NOTICE.position),
                                constraint("notice_verification")
                                        .foreignKey(REGISTRY_NOTICE.project)
                                        .references(REGISTRY_VERIFICATION, REGISTRY_VERIFICATION.project)
                                        .onDeleteCascade()));
    }

    /**
     * Returns the marks of the projects.
     *
     * @return a row per project with a mark
     */
    public static ResultQuery<? extends Record> marks() {
        return select(REGISTRY_VERIFICATION.project, REGISTRY_VERIFICATION.mark).from(REGISTRY_VERIFICATION);
    }

    /**
     * Returns what the last verifications reported for information.
     *
     * @return a row per finding
     */
    public static ResultQuery<? extends Record> notices() {
        return selectFrom(REGISTRY_NOTICE).orderBy(REGISTRY_NOTICE.project, REGISTRY_NOTICE.position);
    }

    /**
     * Saves the verification of a project, if the project is still registered.
     *
     * @param mark the mark of the project
     * @param notices what was reported for information
     */
    public static List<Query> save(String project, String mark, List<Finding> notices) {
        List<Query> statements = new ArrayList<>();
        statements.add(insertInto(
                        REGISTRY_VERIFICATION,
                        REGISTRY_VERIFICATION.project,
                        REGISTRY_VERIFICATION.mark,
                        REGISTRY_VERIFICATION.verifiedAt)
                .select(select(REGISTRY_PROJECT.name, Sql.value(mark), currentOffsetDateTime())
                        .from(REGISTRY_PROJECT)
                        .where(REGISTRY_PROJECT.name.eq(project)))
                .onConflict(REGISTRY_VERIFICATION.project)
                .doUpdate()
                .set(REGISTRY_VERIFICATION.mark, mark)
                .set(REGISTRY_VERIFICATION.verifiedAt, currentOffsetDateTime()));
        // After the row above is locked: two verifications at a time must not mix their notices.
        statements.add(deleteFrom(REGISTRY_NOTICE).where(REGISTRY_NOTICE.project.eq(project)));
        for (int position = 0; position < notices.size(); position++) {
            Finding notice = notices.get(position);
            statements.add(insertInto(
                            REGISTRY_NOTICE,
                            REGISTRY_NOTICE.project,
                            REGISTRY_NOTICE.position,
                            REGISTRY_NOTICE.place,
                            REGISTRY_NOTICE.what,
                            REGISTRY_NOTICE.action)
                    .select(select(
                                    REGISTRY_VERIFICATION.project,
                                    Sql.literal(position),
                                    Sql.value(notice.place()),
                                    Sql.value(notice.what()),
                                    Sql.value(notice.action()))
                            .from(REGISTRY_VERIFICATION)
                            .where(REGISTRY_VERIFICATION.project.eq(project))));
        }
        return statements;
    }

    /** Removes the verifications of projects. */
    public static Query remove(Collection<String> projects) {
        return deleteFrom(REGISTRY_VERIFICATION).where(REGISTRY_VERIFICATION.project.in(Sql.values(projects)));
    }
}
