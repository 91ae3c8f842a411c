package org.citustenancy.spring.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.hikari.ProjectScopes;
import org.citustenancy.hikari.errors.OutsideScopeException;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectJooqAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectJpaAutoConfiguration;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions of the current project, and scopes of another one that are opened within. */
@RequiresCluster
class CurrentProjectTest {

    private final TestCluster nodes;
    private final String app = TestCluster.unique("current_app");
    private final String analytics = TestCluster.unique("current_analytics");

    CurrentProjectTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void transaction_of_one_project_writes_nothing_in_the_scope_of_another() throws Exception {
        try {
            application().run(context -> {
                assertThat(context).hasNotFailed();
                for (String project : List.of("app", "analytics")) {
                    context.getBean(project + "JdbcClient", JdbcClient.class)
                            .sql("create table users (id bigint primary key, name text not null)")
                            .update();
                }
                PlatformTransactionManager ofJpa = context.getBean(PlatformTransactionManager.class);
                assertThat(ofJpa).isInstanceOf(JpaTransactionManager.class);
                PlatformTransactionManager ofJdbc = new JdbcTransactionManager(context.getBean(DataSource.class));

                assert_refuses_in_another_scope(context, ofJdbc, () -> context.getBean(JdbcClient.class)
                        .sql("insert into users values (1, 'by JDBC')")
                        .update());
                assert_refuses_in_another_scope(context, ofJdbc, () -> context.getBean(DSLContext.class)
                        .execute("insert into users values (2, 'by jOOQ')"));
                assert_refuses_in_another_scope(context, ofJpa, () -> context.getBean(JdbcClient.class)
                        .sql("insert into users values (3, 'by JDBC')")
                        .update());
                // What the transaction of JPA would only write at its end.
                assert_refuses_in_another_scope(context, ofJpa, () -> context.getBean(EntityManager.class)
                        .persist(new Person(5, "by JPA")));
                // A repository takes part in the transaction, and marks it to be rolled back.
                People people = context.getBean(People.class);
                assertThatThrownBy(() -> assert_refuses_in_another_scope(
                                context, ofJpa, () -> people.saveAndFlush(new Person(4, "by Spring Data"))))
                        .isInstanceOf(UnexpectedRollbackException.class);
                assertThatThrownBy(() -> assert_refuses_in_another_scope(
                                context, ofJpa, () -> people.save(new Person(6, "by Spring Data"))))
                        .isInstanceOf(UnexpectedRollbackException.class);
                assertThat(names(context, "app")).containsExactly("own");
                assertThat(names(context, "analytics")).isEmpty();
                assert_writes_in_a_transaction_of_its_own(context, ofJdbc);
                assert_writes_in_a_transaction_of_its_own(context, ofJpa);
                assert_open_entity_manager_stays_in_its_project(context, ofJpa);
            });
        } finally {
            nodes.discard(List.of(app, analytics));
        }
    }

    /** The transaction goes on in its own scope and keeps what it wrote there. */
    private void assert_refuses_in_another_scope(
            ApplicationContext context, PlatformTransactionManager transactions, ThrowingCallable insert) {
        try (ProjectScope scope = scope(context, app)) {
            new TransactionTemplate(transactions).executeWithoutResult(status -> {
                JdbcClient current = context.getBean(JdbcClient.class);
                current.sql("delete from users").update();
                try (ProjectScope inner = scope(context, analytics)) {
                    assertThatThrownBy(insert)
                            .isInstanceOf(OutsideScopeException.class)
                            .hasMessageContaining("of " + scope)
                            .hasMessageContaining("is of " + inner)
                            .hasMessageContaining("PROPAGATION_REQUIRES_NEW");
                }
                current.sql("insert into users values (0, 'own')").update();
            });
        }
    }

    private void assert_writes_in_a_transaction_of_its_own(
            ApplicationContext context, PlatformTransactionManager transactions) {
        TransactionTemplate own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        JdbcClient current = context.getBean(JdbcClient.class);
        try (ProjectScope scope = scope(context, app)) {
            new TransactionTemplate(transactions).executeWithoutResult(status -> {
                current.sql("select 1").query().singleRow();
                try (ProjectScope inner = scope(context, analytics)) {
                    own.executeWithoutResult(within -> current.sql("insert into users values (7, :name)")
                            .param("name", inner.project())
                            .update());
                    assertThat(names(context, "analytics")).containsExactly(analytics);
                    own.executeWithoutResult(
                            within -> current.sql("delete from users").update());
                }
                assertThat(scope.project()).isEqualTo(app);
            });
        }
        assertThat(names(context, "analytics")).isEmpty();
        assertThat(names(context, "app")).containsExactly("own");
    }

    /** As Spring does for a whole request with {@code spring.jpa.open-in-view}. */
    private void assert_open_entity_manager_stays_in_its_project(
            ApplicationContext context, PlatformTransactionManager ofJpa) {
        EntityManagerFactory factory = context.getBean(EntityManagerFactory.class);
        TransactionSynchronizationManager.bindResource(factory, new EntityManagerHolder(factory.createEntityManager()));
        try {
            assert_refuses_in_another_scope(
                    context, ofJpa, () -> context.getBean(EntityManager.class).persist(new Person(8, "by JPA")));
            try (ProjectScope scope = scope(context, analytics)) {
                assertThatThrownBy(() -> context.getBean(People.class).findById(0L))
                        .isInstanceOf(OutsideScopeException.class)
                        .hasMessageContaining("is of " + scope);
            }
            try (ProjectScope scope = scope(context, app)) {
                assertThat(context.getBean(People.class).findAll())
                        .as("%s", scope)
                        .hasSize(1);
            }
        } finally {
            EntityManagerHolder bound = (EntityManagerHolder) TransactionSynchronizationManager.unbindResource(factory);
            bound.getEntityManager().close();
            assertThat(bound.getEntityManager().isOpen()).isFalse();
        }
        assertThat(names(context, "app")).containsExactly("own");
    }

    private static List<String> names(ApplicationContext context, String project) {
        return context.getBean(project + "JdbcClient", JdbcClient.class)
                .sql("select name from users")
                .query(String.class)
                .list();
    }

    private static ProjectScope scope(ApplicationContext context, String project) {
        ProjectScopes scopes = context.getBean(ProjectPools.class).scopes();
        return scopes.open(project, project + "_user");
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CitusTenancyAutoConfiguration.class,
                        ProjectJooqAutoConfiguration.class,
                        ProjectJpaAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        HibernateJpaAutoConfiguration.class,
                        DataJpaRepositoriesAutoConfiguration.class))
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "citus-tenancy.cluster.url=" + nodes.options().jdbcUrl(),
                        "citus-tenancy.cluster.admin=" + nodes.options().admin(),
                        "citus-tenancy.cluster.password="
                                + nodes.options().adminPassword().reveal(),
                        "citus-tenancy.projects.app.database=" + app,
                        "citus-tenancy.projects.app.users." + app + "_user.password=app-Secret-1",
                        "citus-tenancy.projects.analytics.database=" + analytics,
                        "citus-tenancy.projects.analytics.users." + analytics + "_user.password=analytics-Secret-1");
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Application {}
}
