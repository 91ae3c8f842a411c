package org.citustenancy.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.errors.CapacityException;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.test.jooq.JooqContext;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** A cluster of one node that has room for a few databases only, and goes away. */
@TestInstance(Lifecycle.PER_CLASS)
class TestDatabaseFailuresTest {

    private TestCluster node;

    @BeforeAll
    void start() {
        node = new TestCluster(CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().workers(0).setting("max_worker_processes", "7")));
    }

    @AfterAll
    void stop() {
        if (node != null) {
            node.embedded().close();
        }
    }

    private TestDatabases open(String name) {
        return TestDatabases.on(node.options())
                .named(name)
                .preparedBy(Preparation.sql("create table t (id int)"))
                .ahead(0)
                .open();
    }

    @Test
    void take_fails_when_the_cluster_has_no_capacity() throws SQLException {
        try (TestDatabases databases = open("room")) {
            List<TestDatabase> taken = new ArrayList<>();
            assertThatThrownBy(() -> {
                        while (taken.size() < 10) {
                            taken.add(databases.take());
                        }
                    })
                    .isInstanceOf(CapacityException.class)
                    .hasMessageContaining("max_worker_processes");
            assertThat(taken).isNotEmpty();
            taken.forEach(TestDatabase::close);
        }
        assertThat(TestDatabasesTest.left(node, "room")).isEmpty();
    }

    @Test
    void take_refuses_a_template_that_was_opened_and_changed() throws SQLException {
        try (TestDatabases databases = open("visited")) {
            node.ask("postgres", "alter database " + databases.template() + " allow_connections true");
            try (Connection visitor = node.open(node.embedded().coordinator(), databases.template())) {
                TestCluster.ask(visitor, "create table of_the_visitor (id int)");

                assertThatThrownBy(databases::take)
                        .isInstanceOf(ConflictException.class)
                        .hasMessageContaining(databases.template())
                        .hasMessageContaining("not what it was made for");
            }
        }
        try (TestDatabases again = open("visited");
                TestDatabase database = again.take()) {
            assertThat(JooqContext.of(database).fetch("select * from t")).isEmpty();
            assertThat(JooqContext.of(database)
                            .fetchSingle("select to_regclass('of_the_visitor')")
                            .get(0))
                    .isNull();
        }
        assertThat(TestDatabasesTest.left(node, "visited")).isEmpty();
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void take_and_close_fail_when_the_cluster_is_down() throws SQLException {
        TestDatabases databases = open("away");
        TestDatabase lost = databases.take();
        lost.project();

        node.embedded().coordinator().kill();

        assertThatThrownBy(databases::take).isInstanceOf(CitusTenancyException.class);
        lost.close();
        assertThatThrownBy(databases::close).isInstanceOf(CitusTenancyException.class);

        node.embedded().coordinator().start();
        assertThat(TestDatabasesTest.left(node, "away")).hasSizeGreaterThan(2);
        open("away").close();
        assertThat(TestDatabasesTest.left(node, "away")).isEmpty();
    }
}
