package org.citustenancy.internal.tables.suggestion;

import java.util.Locale;
import java.util.Set;
import org.citustenancy.tables.TableName;

/** The tables in which migration tools keep their history. They stay local: one session writes them, at start. */
final class MigrationHistory {

    private static final Set<String> TABLES = Set.of(
            "flyway_schema_history",
            "databasechangelog",
            "databasechangeloglock",
            "schema_migrations",
            "ar_internal_metadata",
            "django_migrations",
            "alembic_version",
            "knex_migrations",
            "knex_migrations_lock",
            "_prisma_migrations",
            "__efmigrationshistory",
            "__drizzle_migrations",
            "sequelizemeta",
            "goose_db_version",
            "pgmigrations");

    private MigrationHistory() {}

    static boolean isIn(TableName table) {
        return TABLES.contains(table.table().toLowerCase(Locale.ROOT));
    }
}
