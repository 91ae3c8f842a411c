package org.citustenancy.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.citustenancy.ClusterOptions;
import org.citustenancy.embedded.Backend;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.test.jooq.JooqContext;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;

/** The same on a PostgreSQL server without Citus. */
class PlainDatabasesTest {

    /** One that was made ahead. */
    private static TestDatabase taken(TestDatabases databases) throws InterruptedException {
        while (databases.ready() == 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return databases.take();
    }

    private static int sessionsIn(TestDatabase database, EmbeddedCluster server) throws SQLException {
        return Integer.parseInt(new TestCluster(server)
                .ask(
                        "postgres",
                        TestCluster.bind("select count(*) from pg_stat_activity where datname = ?", database.name()))
                .get(0));
    }

    @Test
    void databases_are_isolated_without_citus() throws Exception {
        try (EmbeddedCluster server =
                EmbeddedCluster.builder().backend(Backend.PLAIN).start()) {
            ClusterOptions options = ClusterOptions.of(
                            server.jdbcUrl("postgres"), server.adminUser(), Secret.of(server.adminPassword()))
                    .requireCitus(false);
            try (TestDatabases databases = TestDatabases.on(options)
                            .preparedBy(Preparation.sql("create table t (id int)"))
                            .ahead(1)
                            .open();
                    TestDatabase one = taken(databases);
                    TestDatabase other = databases.take()) {
                assertThat(sessionsIn(one, server))
                        .as("before a test asked for one")
                        .isEqualTo(1);
                JooqContext.of(one).execute("insert into t values (1)");
                assertThat(JooqContext.of(one).fetch("select * from t")).hasSize(1);
                assertThat(JooqContext.of(other).fetch("select * from t")).isEmpty();
            }
        }
    }
}
