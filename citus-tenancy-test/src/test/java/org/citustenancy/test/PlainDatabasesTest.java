package org.citustenancy.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.citustenancy.ClusterOptions;
import org.citustenancy.embedded.Backend;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;

/** The same on a PostgreSQL server without Citus. */
class PlainDatabasesTest {

    @Test
    void databases_are_isolated_without_citus_too() {
        try (EmbeddedCluster server =
                EmbeddedCluster.builder().backend(Backend.PLAIN).start()) {
            ClusterOptions options = ClusterOptions.of(
                            server.jdbcUrl("postgres"), server.adminUser(), Secret.of(server.adminPassword()))
                    .requireCitus(false);
            try (TestDatabases databases = TestDatabases.on(options)
                            .preparedBy(Preparation.sql("create table t (id int)"))
                            .ahead(1)
                            .open();
                    TestDatabase one = databases.take();
                    TestDatabase other = databases.take()) {
                one.sql().execute("insert into t values (1)");
                assertThat(one.sql().fetch("select * from t")).hasSize(1);
                assertThat(other.sql().fetch("select * from t")).isEmpty();
            }
        }
    }
}
