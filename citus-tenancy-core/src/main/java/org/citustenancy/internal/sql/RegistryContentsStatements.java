package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.insertInto;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectFrom;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.val;
import static org.citustenancy.internal.sql.catalog.RegistryContents.REGISTRY_CONTENTS;
import static org.citustenancy.internal.sql.catalog.RegistryProject.REGISTRY_PROJECT;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Statements for the last known contents of projects in the registry. */
public final class RegistryContentsStatements {

    private RegistryContentsStatements() {}

    static Query createTable() {
        return RegistryStatements.oneOfProject(REGISTRY_CONTENTS, REGISTRY_CONTENTS.project);
    }

    /**
     * Returns the contents of all projects.
     *
     * @return a row per project with contents
     */
    public static ResultQuery<? extends Record> all() {
        return selectFrom(REGISTRY_CONTENTS);
    }

    /**
     * Saves the contents of a project, if the project is still registered.
     *
     * @param storage the parts of the database on each node, in JSON
     * @param tables the tables, in JSON
     * @param parts the parts of the tables on each node, in JSON
     */
    public static Query save(String project, String storage, String tables, String parts, OffsetDateTime readAt) {
        return insertInto(REGISTRY_CONTENTS)
                .columns(
                        REGISTRY_CONTENTS.project,
                        REGISTRY_CONTENTS.storage,
                        REGISTRY_CONTENTS.tables,
                        REGISTRY_CONTENTS.parts,
                        REGISTRY_CONTENTS.readAt)
                .select(select(
                                REGISTRY_PROJECT.name,
                                val(storage, SQLDataType.CLOB),
                                val(tables, SQLDataType.CLOB),
                                val(parts, SQLDataType.CLOB),
                                val(readAt))
                        .from(REGISTRY_PROJECT)
                        .where(REGISTRY_PROJECT.name.eq(project)))
                .onConflict(REGISTRY_CONTENTS.project)
                .doUpdate()
                .set(REGISTRY_CONTENTS.storage, storage)
                .set(REGISTRY_CONTENTS.tables, tables)
                .set(REGISTRY_CONTENTS.parts, parts)
                .set(REGISTRY_CONTENTS.readAt, readAt);
    }
}
