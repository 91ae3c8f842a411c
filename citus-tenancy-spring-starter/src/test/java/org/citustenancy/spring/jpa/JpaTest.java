package org.citustenancy.spring.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.table;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.citustenancy.spring.OfProject;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectFlywayAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectJooqAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectJpaAutoConfiguration;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** JPA on the primary project, beside JdbcClient and jOOQ on both, with transactions of each. */
@RequiresCluster
class JpaTest {

    private final TestCluster nodes;
    private final String app = TestCluster.unique("jpa_app");
    private final String analytics = TestCluster.unique("jpa_analytics");

    JpaTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void jpa_jooq_and_jdbc_share_the_transactions_of_their_project() throws Exception {
        try {
            application().run(context -> {
                assertThat(context).hasNotFailed();
                assertThat(context.getBean(PlatformTransactionManager.class))
                        .isSameAs(context.getBean("appTransactionManager"))
                        .isSameAs(context.getBean("transactionManager"))
                        .isInstanceOf(JpaTransactionManager.class);
                assertThat(context.getBean("analyticsTransactionManager")).isInstanceOf(JdbcTransactionManager.class);
                Work work = context.getBean(Work.class);
                assertThat(AopUtils.isAopProxy(work)).isTrue();
                People people = context.getBean(People.class);

                work.inApp(1, false);
                assertThat(people.findAll())
                        .extracting(Person::name)
                        .containsExactlyInAnyOrder("by JPA", "by JDBC", "by jOOQ");
                assertThatThrownBy(() -> work.inApp(11, true)).hasMessage("no");
                assertThat(people.count()).isEqualTo(3);

                work.inAnalytics(1, false);
                assertThatThrownBy(() -> work.inAnalytics(11, true)).hasMessage("no");
                assertThat(context.getBean("analyticsDslContext", DSLContext.class)
                                .fetchCount(table("events")))
                        .isEqualTo(1);
            });
        } finally {
            nodes.discard(List.of(app, analytics));
        }
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CitusTenancyAutoConfiguration.class,
                        ProjectFlywayAutoConfiguration.class,
                        ProjectJooqAutoConfiguration.class,
                        ProjectJpaAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        FlywayAutoConfiguration.class,
                        HibernateJpaAutoConfiguration.class,
                        DataJpaRepositoriesAutoConfiguration.class))
                .withUserConfiguration(Application.class)
                .withPropertyValues(
                        "citus-tenancy.cluster.url=" + nodes.options().jdbcUrl(),
                        "citus-tenancy.cluster.admin=" + nodes.options().admin(),
                        "citus-tenancy.cluster.password="
                                + nodes.options().adminPassword().reveal(),
                        "citus-tenancy.primary=app",
                        "citus-tenancy.projects.app.database=" + app,
                        "citus-tenancy.projects.app.users." + app + "_user.password=app-Secret-1",
                        "citus-tenancy.projects.analytics.database=" + analytics,
                        "citus-tenancy.projects.analytics.users." + analytics + "_user.password=analytics-Secret-1");
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Application {

        @Bean
        Work work(
                People people,
                EntityManager entities,
                JdbcClient app,
                DSLContext sql,
                @OfProject("analytics") JdbcClient analytics) {
            return new Work(people, entities, app, sql, analytics);
        }
    }

    /** What runs in transactions. */
    static class Work {

        private final People people;
        private final EntityManager entities;
        private final JdbcClient app;
        private final DSLContext sql;
        private final JdbcClient analytics;

        Work(People people, EntityManager entities, JdbcClient app, DSLContext sql, JdbcClient analytics) {
            this.people = people;
            this.entities = entities;
            this.app = app;
            this.sql = sql;
            this.analytics = analytics;
        }

        @Transactional
        public void inApp(long first, boolean fails) {
            people.save(new Person(first, "by JPA"));
            entities.flush();
            app.sql("insert into users values (?, 'by JDBC')").param(first + 1).update();
            sql.execute("insert into users values ({0}, 'by jOOQ')", org.jooq.impl.DSL.val(first + 2));
            assertThat(sql.fetchCount(table("users"))).isEqualTo((int) people.count());
            end(fails);
        }

        @Transactional("analytics")
        public void inAnalytics(long id, boolean fails) {
            analytics.sql("insert into events values (?, 'login')").param(id).update();
            end(fails);
        }

        private static void end(boolean fails) {
            if (fails) {
                throw new IllegalStateException("no");
            }
        }
    }
}
