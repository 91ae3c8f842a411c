package org.citustenancy.test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.citustenancy.Project;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.test.assertj.ProjectAssert;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Test;

/** Assertions on the distribution of a test database. */
@RequiresCluster
class ProjectAssertTest {

    private static final DistributionRules RULES =
            DistributionRules.create().everyTableWith("company_id").reference("countries");

    private final TestCluster nodes;

    ProjectAssertTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void assertion_fails_with_what_is_missing_until_the_rules_are_applied() throws SQLException {
        try (TestDatabases databases = TestDatabases.on(nodes.options())
                        .named(TestCluster.unique("asserted"))
                        .preparedBy(Preparation.sql("create table countries (id int primary key); "
                                + "create table ads (company_id int); create table forgotten (id int)"))
                        .open();
                TestDatabase database = databases.take()) {
            Project project = database.project();

            assertThatThrownBy(() -> ProjectAssert.assertThat(project).isDistributedAs(RULES))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(project.name())
                    .hasMessageContaining("step: distribute ads by \"company_id\"")
                    .hasMessageContaining("problem: No rule covers the table forgotten");
            assertThatThrownBy(() -> {
                        // begin distribution-assertion
                        ProjectAssert.assertThat(project).isDistributedAsDeclared();
                        // end distribution-assertion
                    })
                    .isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> ProjectAssert.assertThat(null).isDistributedAs(RULES))
                    .isInstanceOf(AssertionError.class);

            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("drop table forgotten");
            }
            project.tables().apply(RULES);
            assertThatCode(() -> ProjectAssert.assertThat(project).isDistributedAs(RULES))
                    .doesNotThrowAnyException();
        }
    }
}
