package org.citustenancy.spring.jpa.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.function.Supplier;
import org.citustenancy.hikari.errors.OutsideScopeException;
import org.citustenancy.spring.errors.SchemaMismatchException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.hibernate.SessionFactory;
import org.hibernate.jpa.HibernateHints;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One factory for all projects, with caches, and with a validation of each project's schema. */
@RequiresCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedFactoryOptionsTest {

    private final TestCluster nodes;
    private SharedApplication application;
    private String app;
    private String other;
    private EntityManager entities;
    private Authors authors;

    SharedFactoryOptionsTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @BeforeAll
    void start() {
        application = new SharedApplication(
                nodes,
                "spring.jpa.hibernate.ddl-auto=validate",
                "spring.jpa.properties.hibernate.generate_statistics=true",
                "spring.jpa.properties.hibernate.cache.region.factory_class=jcache",
                "spring.jpa.properties.hibernate.cache.use_second_level_cache=true",
                "spring.jpa.properties.hibernate.cache.use_query_cache=true",
                "spring.jpa.properties.hibernate.javax.cache.provider="
                        + "com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider",
                "spring.jpa.properties.hibernate.javax.cache.missing_cache_strategy=create");
        app = application.app();
        other = application.other();
        entities = application.bean(EntityManager.class);
        authors = application.bean(Authors.class);
    }

    @AfterAll
    void stop() throws Exception {
        application.close();
    }

    private <T> T in(String project, Supplier<T> work) {
        return application.in(project, work);
    }

    @Test
    void cached_entities_and_queries_are_of_one_project() {
        String again = application.create(TestCluster.unique("shared_cached"));
        Statistics statistics = application
                .bean(EntityManagerFactory.class)
                .unwrap(SessionFactory.class)
                .getStatistics();
        for (String project : List.of(app, other, again)) {
            assertThat(in(project, this::cachedNames)).containsExactly(project);
            assertThat(in(project, this::read)).isEqualTo(project);
            in(project, () -> application
                    .bean(JdbcClient.class)
                    .sql("update author set name = 'changed behind the cache'")
                    .update());
        }
        long hits = statistics.getSecondLevelCacheHitCount();
        long queries = statistics.getQueryCacheHitCount();
        for (String project : List.of(again, other, app)) {
            assertThat(in(project, this::read)).isEqualTo(project);
            assertThat(in(project, this::cachedNames)).containsExactly(project);
        }
        assertThat(statistics.getSecondLevelCacheHitCount() - hits).isEqualTo(3);
        assertThat(statistics.getQueryCacheHitCount() - queries).isEqualTo(3);

        application.drop(again);
        application.create(again);
        in(again, () -> application
                .bean(JdbcClient.class)
                .sql("update author set name = 'of the new project'")
                .update());
        assertThat(in(again, this::read)).isEqualTo("of the new project");
        assertThat(in(again, this::cachedNames)).containsExactly("of the new project");
    }

    @Test
    void cached_entity_of_one_project_is_refused_in_the_scope_of_another() {
        in(app, () -> {
            try (EntityManager own =
                    application.bean(EntityManagerFactory.class).createEntityManager()) {
                own.find(Author.class, 1L);
                own.clear();
                in(other, () -> {
                    assertThatThrownBy(() -> own.find(Author.class, 1L)).isInstanceOf(OutsideScopeException.class);
                    return null;
                });
            }
            return null;
        });
    }

    private String read() {
        return entities.find(Author.class, 1L).name();
    }

    private List<String> cachedNames() {
        return entities.createQuery("select a.name from Author a", String.class)
                .setHint(HibernateHints.HINT_CACHEABLE, true)
                .getResultList();
    }

    @Test
    void schema_of_each_project_is_validated_at_its_first_session() {
        String incomplete = application.create(TestCluster.unique("shared_incomplete"));
        in(incomplete, () -> application
                .bean(JdbcClient.class)
                .sql("alter table book drop column title")
                .update());

        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThatThrownBy(() -> in(incomplete, authors::names))
                    .isInstanceOf(SchemaMismatchException.class)
                    .hasMessageContaining("\"" + incomplete + "\"")
                    .hasMessageContaining("title")
                    .hasMessageContaining("book");
        }
        assertThat(in(other, authors::names)).hasSize(1);

        in(incomplete, () -> application
                .bean(JdbcClient.class)
                .sql("alter table book add column title text")
                .update());
        assertThat(in(incomplete, authors::names)).hasSize(1);
    }
}
