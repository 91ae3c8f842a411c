package org.citustenancy.test.assertj;

import org.assertj.core.api.AbstractAssert;
import org.citustenancy.Project;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.TablesPlan;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on a project. Your test suite declares the dependency {@code org.assertj:assertj-core} in a version of its
 * choice.
 *
 * <pre>{@code
 * flyway.migrate();
 * ProjectAssert.assertThat(project).isDistributedAsDeclared();
 * }</pre>
 */
public final class ProjectAssert extends AbstractAssert<ProjectAssert, Project> {

    private ProjectAssert(@Nullable Project actual) {
        super(actual, ProjectAssert.class);
    }

    /**
     * Creates assertions.
     *
     * @param actual the project
     * @return the assertions
     */
    public static ProjectAssert assertThat(@Nullable Project actual) {
        return new ProjectAssert(actual);
    }

    /**
     * Verifies that every table is distributed as the rules say that the project declares by {@code
     * ProjectRequest.distribution(...)}. The failure's message has a line for each step that is missing and for each
     * problem, with its correction.
     *
     * @return this
     * @throws AssertionError if a table is not, or if no rule covers it
     * @throws org.citustenancy.errors.NotFoundException if the project declares no rules
     */
    public ProjectAssert isDistributedAsDeclared() {
        isNotNull();
        return check(actual.tables().plan());
    }

    /**
     * Verifies that every table is distributed as rules say.
     *
     * @param rules the rules
     * @return this
     * @throws AssertionError if a table is not, or if no rule covers it
     */
    public ProjectAssert isDistributedAs(DistributionRules rules) {
        isNotNull();
        return check(actual.tables().plan(rules));
    }

    private ProjectAssert check(TablesPlan plan) {
        if (!plan.isAsDeclared()) {
            failWithMessage(
                    "%nExpected the tables of the project \"%s\" to be distributed as its rules say, but found:%n%s",
                    actual.name(),
                    new TablesPlan(
                            plan.tables().stream()
                                    .filter(table -> !table.asDeclared())
                                    .toList(),
                            plan.steps(),
                            plan.problems(),
                            plan.citus()));
        }
        return this;
    }
}
