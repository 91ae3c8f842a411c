package org.citustenancy.spring.jpa.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.metamodel.EntityType;
import java.util.List;
import org.citustenancy.hikari.errors.OutsideScopeException;
import org.citustenancy.spring.OfProject;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectJpaAutoConfiguration;
import org.citustenancy.spring.errors.InvalidPropertiesException;
import org.citustenancy.spring.jpa.shared.Author;
import org.citustenancy.spring.jpa.shared.Authors;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Entities that one project alone has, beside entities of all projects. */
@RequiresCluster
class OwnEntitiesTest {

    private final TestCluster nodes;
    private final String app = TestCluster.unique("own_app");
    private final String analytics = TestCluster.unique("own_analytics");

    OwnEntitiesTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    CitusTenancyAutoConfiguration.class,
                    ProjectJpaAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    HibernateJpaAutoConfiguration.class))
            .withPropertyValues(
                    "spring.jpa.properties.hibernate.jdbc.batch_size=20",
                    "spring.jpa.properties.hibernate.jdbc.fetch_size=30");

    private final ApplicationContextRunner unasked = application.withPropertyValues(
            "citus-tenancy.cluster.url=jdbc:postgresql://localhost:1/postgres",
            "citus-tenancy.cluster.password=admin-Secret-1",
            "citus-tenancy.start.mode=none",
            "citus-tenancy.projects.app.users.app_user.password=app-Secret-1",
            "citus-tenancy.projects.analytics.users.analytics_user.password=analytics-Secret-1");

    private static ApplicationContextRunner withOwnEntities(ApplicationContextRunner application) {
        return application.withPropertyValues(
                "citus-tenancy.projects.analytics.jpa.packages=" + Event.class.getPackageName(),
                "citus-tenancy.projects.analytics.jpa.properties.hibernate.jdbc.batch_size=50");
    }

    @Test
    void factory_of_a_project_and_the_one_of_all_projects_start_without_a_connection() {
        withOwnEntities(unasked).withUserConfiguration(Entities.class).run(context -> {
            assertThat(context).hasNotFailed();
            EntityManagerFactory shared = context.getBean(EntityManagerFactory.class);
            EntityManagerFactory own = context.getBean("analyticsEntityManagerFactory", EntityManagerFactory.class);
            assertThat(shared).isSameAs(context.getBean("entityManagerFactory"));
            assertThat(classes(shared)).contains(Author.class).doesNotContain(Event.class);
            assertThat(classes(own)).containsExactly(Event.class);
            assertThat(shared.getProperties()).containsEntry("hibernate.jdbc.batch_size", "20");
            assertThat(own.getProperties())
                    .containsEntry("hibernate.jdbc.batch_size", "50")
                    .containsEntry("hibernate.jdbc.fetch_size", "30");
            assertThat(((JpaTransactionManager) context.getBean("analyticsTransactionManager"))
                            .getEntityManagerFactory())
                    .isSameAs(own);
            assertThat(((JpaTransactionManager) context.getBean(PlatformTransactionManager.class))
                            .getEntityManagerFactory())
                    .isSameAs(shared);
        });
    }

    @Test
    void factory_of_the_primary_project_is_the_one_without_a_name() {
        withOwnEntities(unasked)
                .withPropertyValues("citus-tenancy.primary=analytics")
                .withUserConfiguration(Entities.class)
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(EntityManagerFactory.class);
                    assertThat(context.getBean("entityManagerFactory"))
                            .isSameAs(context.getBean("analyticsEntityManagerFactory"));
                });
    }

    @Test
    void schema_change_of_all_projects_and_properties_without_entities_are_invalid() {
        for (String action : List.of("create", "update", "create-drop")) {
            unasked.withUserConfiguration(Entities.class)
                    .withPropertyValues("spring.jpa.hibernate.ddl-auto=" + action)
                    .run(context -> assertThat(context.getStartupFailure())
                            .rootCause()
                            .isInstanceOf(InvalidPropertiesException.class)
                            .hasMessageContaining("spring.jpa.hibernate.ddl-auto is \"" + action + "\"")
                            .hasMessageContaining("migrations"));
        }
        unasked.withUserConfiguration(Entities.class)
                .withPropertyValues("spring.jpa.generate-ddl=true")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(InvalidPropertiesException.class)
                        .hasMessageContaining("spring.jpa.generate-ddl"));
        unasked.withPropertyValues("citus-tenancy.projects.app.jpa.properties.hibernate.jdbc.batch_size=50")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(InvalidPropertiesException.class)
                        .hasMessageContaining("citus-tenancy.projects.app.jpa.properties"));
    }

    private static List<Class<?>> classes(EntityManagerFactory factory) {
        return factory.getMetamodel().getEntities().stream()
                .<Class<?>>map(EntityType::getJavaType)
                .toList();
    }

    @Test
    void entities_of_a_project_need_no_scope_and_share_its_transactions() throws Exception {
        try {
            withOwnEntities(application)
                    .withUserConfiguration(Repositories.class)
                    .withPropertyValues(
                            "citus-tenancy.cluster.url=" + nodes.options().jdbcUrl(),
                            "citus-tenancy.cluster.admin=" + nodes.options().admin(),
                            "citus-tenancy.cluster.password="
                                    + nodes.options().adminPassword().reveal(),
                            "citus-tenancy.projects.app.database=" + app,
                            "citus-tenancy.projects.app.users." + app + "_user.password=app-Secret-1",
                            "citus-tenancy.projects.analytics.database=" + analytics,
                            "citus-tenancy.projects.analytics.users." + analytics + "_user.password=analytics-Secret-1")
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        JdbcClient sql = context.getBean("analyticsJdbcClient", JdbcClient.class);
                        sql.sql("create table events (id bigint primary key, kind text)")
                                .update();
                        Events events = context.getBean(Events.class);
                        EntityManager entities = context.getBean(Injected.class).analytics();
                        new TransactionTemplate(
                                        context.getBean("analyticsTransactionManager", JpaTransactionManager.class))
                                .executeWithoutResult(status -> {
                                    events.saveAndFlush(new Event(1, "by a repository"));
                                    entities.persist(new Event(2, "by an EntityManager"));
                                    entities.flush();
                                    assertThat(sql.sql("select count(*) from events")
                                                    .query(Long.class)
                                                    .single())
                                            .isEqualTo(2);
                                    status.setRollbackOnly();
                                });
                        assertThat(events.count()).isZero();
                        assertThatThrownBy(context.getBean(Authors.class)::count)
                                .isInstanceOf(OutsideScopeException.class);
                    });
        } finally {
            nodes.discard(List.of(app, analytics));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = Author.class)
    static class Entities {}

    /** What an application has injected. */
    record Injected(EntityManager analytics) {}

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = Author.class)
    @EnableJpaRepositories(basePackageClasses = Author.class)
    static class Repositories {

        @Bean
        Injected injected(@OfProject("analytics") EntityManager analytics) {
            return new Injected(analytics);
        }

        @Configuration(proxyBeanMethods = false)
        // begin spring-jpa-repositories
        @EnableJpaRepositories(
                basePackageClasses = Event.class,
                entityManagerFactoryRef = "analyticsEntityManagerFactory",
                transactionManagerRef = "analyticsTransactionManager")
        // end spring-jpa-repositories
        static class OfAnalytics {}
    }
}
