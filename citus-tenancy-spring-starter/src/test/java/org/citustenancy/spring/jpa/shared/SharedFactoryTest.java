package org.citustenancy.spring.jpa.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.hikari.errors.OutsideScopeException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.hibernate.LazyInitializationException;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.jpa.HibernateHints;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One factory for all projects of an application, on real nodes. */
@RequiresCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedFactoryTest {

    private final TestCluster nodes;
    private SharedApplication application;
    private String app;
    private String other;
    private EntityManagerFactory factory;
    private EntityManager entities;
    private Authors authors;
    private TransactionTemplate transaction;

    SharedFactoryTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @BeforeAll
    void start() {
        application = new SharedApplication(nodes);
        app = application.app();
        other = application.other();
        factory = application.bean(EntityManagerFactory.class);
        entities = application.bean(EntityManager.class);
        authors = application.bean(Authors.class);
        transaction = new TransactionTemplate(application.bean(PlatformTransactionManager.class));
    }

    @AfterAll
    void stop() throws Exception {
        application.close();
    }

    private <T> T in(String project, Supplier<T> work) {
        return application.in(project, work);
    }

    @Test
    void one_factory_works_in_every_project_also_in_one_that_is_registered_later() {
        String later = application.create(TestCluster.unique("shared_later"));

        for (String project : List.of(app, other, later)) {
            in(project, () -> {
                assertThat(authors.names()).containsExactly(project);
                assertThat(authors.nativeNames()).containsExactly(project);
                assertThat(authors.findByNameStartingWith("shared"))
                        .extracting(Author::name)
                        .containsExactly(project);
                assertThat(entities.find(Author.class, 1L).name()).isEqualTo(project);
                return null;
            });
        }
    }

    @Test
    void repository_works_in_the_project_of_the_scope() {
        ProjectPools pools = application.bean(ProjectPools.class);
        String database = other;
        String user = other + "_user";
        Map<String, List<String>> names = new HashMap<>();

        // begin spring-jpa-scope
        try (ProjectScope scope = pools.scopes().open(database, user)) {
            names.put(scope.project(), authors.names()); // of this project
        }
        // end spring-jpa-scope

        assertThat(names).containsExactly(Map.entry(other, List.of(other)));
    }

    @Test
    void transaction_is_shared_with_jdbc_and_rolled_back_together() {
        in(other, () -> {
            transaction.executeWithoutResult(status -> {
                try (Stream<Author> read = entities.createQuery("from Author", Author.class)
                        .setHint(HibernateHints.HINT_FETCH_SIZE, 1)
                        .getResultStream()) {
                    assertThat(read.map(Author::name)).containsExactly(other);
                }
                authors.saveAndFlush(new Author(7, "written"));
                assertThat(application
                                .bean(JdbcClient.class)
                                .sql("select count(*) from author where id = 7")
                                .query(Long.class)
                                .single())
                        .isOne();
                status.setRollbackOnly();
            });
            assertThat(authors.existsById(7L)).isFalse();
            return null;
        });
    }

    @Test
    void use_without_a_scope_is_refused() throws Exception {
        List<ThrowingCallable> uses = List.of(
                () -> authors.count(),
                () -> authors.names(),
                () -> entities.find(Author.class, 1L),
                () -> entities.createQuery("from Author", Author.class).getResultList(),
                () -> transaction.executeWithoutResult(status -> {}));
        for (ThrowingCallable use : uses) {
            assertThatThrownBy(use).isInstanceOf(OutsideScopeException.class).hasMessageContaining("works in no scope");
        }

        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (ProjectScope scope = application.scope(app)) {
            Future<Long> elsewhere = threads.submit(() -> authors.count());
            assertThatThrownBy(elsewhere::get).as("%s", scope).hasRootCauseInstanceOf(OutsideScopeException.class);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void entity_manager_of_one_project_is_refused_in_a_nested_scope_of_another() {
        in(app, () -> {
            try (EntityManager own = factory.createEntityManager()) {
                Author read = own.find(Author.class, 1L);
                var prepared = own.createQuery("from Author", Author.class);
                in(other, () -> {
                    List<ThrowingCallable> uses = List.of(
                            () -> own.find(Author.class, 1L),
                            () -> own.persist(new Author(3, "new")),
                            () -> own.createQuery("from Author", Author.class),
                            prepared::getResultList,
                            () -> read.books().size());
                    for (ThrowingCallable use : uses) {
                        assertThatThrownBy(use)
                                .isInstanceOf(OutsideScopeException.class)
                                .hasMessageContaining("@" + other);
                    }
                    return null;
                });
                assertThat(prepared.getSingleResult().name()).isEqualTo(app);
                assertThat(read.books()).isEmpty();
            }
            return null;
        });
    }

    @Test
    void transaction_of_one_project_is_refused_in_a_nested_scope_of_another() {
        in(app, () -> {
            transaction.executeWithoutResult(status -> {
                assertThat(authors.names()).containsExactly(app);
                in(other, () -> {
                    assertThatThrownBy(() -> entities.find(Author.class, 1L)).isInstanceOf(OutsideScopeException.class);
                    assertThatThrownBy(() -> entities.persist(new Author(4, "new")))
                            .isInstanceOf(OutsideScopeException.class);
                    return null;
                });
            });
            return null;
        });
        assertThat(in(other, authors::names)).containsExactly(other);
    }

    @Test
    void scope_that_changes_while_an_entity_manager_is_open_for_a_request_is_refused() {
        asOpenInView(() -> {
            // The first use selects the project of an EntityManager that was opened outside of any scope.
            assertThat(in(app, authors::names)).containsExactly(app);
            in(other, () -> {
                assertThatThrownBy(authors::names).isInstanceOf(OutsideScopeException.class);
                assertThatThrownBy(() -> entities.find(Author.class, 1L)).isInstanceOf(OutsideScopeException.class);
                return null;
            });
            assertThat(in(app, () -> entities.find(Author.class, 1L).name())).isEqualTo(app);
        });
        in(other, () -> {
            asOpenInView(() -> {
                assertThat(entities.find(Author.class, 1L).name()).isEqualTo(other);
                in(app, () -> {
                    assertThatThrownBy(() -> entities.find(Author.class, 1L)).isInstanceOf(OutsideScopeException.class);
                    assertThatThrownBy(authors::names).isInstanceOf(OutsideScopeException.class);
                    return null;
                });
                assertThat(authors.names()).containsExactly(other);
            });
            return null;
        });
    }

    /** As Spring does for a whole request. */
    private void asOpenInView(Runnable request) {
        EntityManagerHolder open = new EntityManagerHolder(factory.createEntityManager());
        TransactionSynchronizationManager.bindResource(factory, open);
        try {
            request.run();
        } finally {
            TransactionSynchronizationManager.unbindResource(factory);
            open.getEntityManager().close();
            assertThat(open.getEntityManager().isOpen()).isFalse();
        }
    }

    @Test
    void session_with_the_tenant_of_another_project_gets_no_connection() {
        SessionFactory sessions = factory.unwrap(SessionFactory.class);
        String ofOther = in(other, () -> {
            try (Session session = sessions.openSession()) {
                return (String) session.getTenantIdentifierValue();
            }
        });
        in(app, () -> {
            for (String tenant : List.of(other, "other", "none", ofOther)) {
                try (Session session =
                        sessions.withOptions().tenantIdentifier((Object) tenant).openSession()) {
                    assertThatThrownBy(() -> session.find(Author.class, 1L))
                            .as(tenant)
                            .isInstanceOf(OutsideScopeException.class)
                            .hasMessageContaining(app);
                }
            }
            return null;
        });
    }

    @Test
    void stateless_session_works_in_its_scope_only() {
        SessionFactory sessions = factory.unwrap(SessionFactory.class);
        in(app, () -> {
            try (StatelessSession session = sessions.openStatelessSession()) {
                assertThat(session.get(Author.class, 1L).name()).isEqualTo(app);
                in(other, () -> {
                    assertThatThrownBy(() -> session.get(Author.class, 1L)).isInstanceOf(OutsideScopeException.class);
                    return null;
                });
            }
            return null;
        });
    }

    @Test
    void lazy_collection_of_a_closed_session_and_a_merged_entity_follow_hibernate() {
        Author detached = in(app, () -> entities.find(Author.class, 1L));
        in(other, () -> {
            assertThatThrownBy(() -> detached.books().size()).isInstanceOf(LazyInitializationException.class);
            // A detached entity is a value: nothing in it names its project.
            Author merged = transaction.execute(status -> {
                Author copy = entities.merge(new Author(9, detached.name()));
                status.setRollbackOnly();
                return copy;
            });
            assertThat(merged.name()).isEqualTo(app);
            return null;
        });
    }

    @Test
    void generated_identifiers_of_two_projects_do_not_collide() {
        for (Supplier<Numbered> kind : List.<Supplier<Numbered>>of(InSequence::new, InTable::new, InColumn::new)) {
            List<Long> inApp = new ArrayList<>();
            List<Long> inOther = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                inApp.addAll(in(app, () -> persist(kind, 50)));
                inOther.addAll(in(other, () -> persist(kind, 50)));
            }
            // Each project counts for itself, without a gap that another project's block would leave.
            List<Long> counted = LongStream.rangeClosed(1, 1000).boxed().toList();
            assertThat(inApp).containsExactlyInAnyOrderElementsOf(counted);
            assertThat(inOther).containsExactlyInAnyOrderElementsOf(counted);
        }
    }

    @Test
    void generated_identifiers_start_again_in_a_project_that_is_created_again() {
        String project = application.create(TestCluster.unique("shared_again"));
        List<Supplier<Numbered>> kinds = List.of(InSequence::new, InTable::new, InColumn::new);
        for (Supplier<Numbered> kind : kinds) {
            in(project, () -> persist(kind, 60));
        }
        application.drop(project);
        application.create(project);

        // Another client takes a block in the new project.
        in(project, () -> application
                .bean(JdbcClient.class)
                .sql("select nextval('in_sequence_seq')")
                .query(Long.class)
                .single());
        assertThat(in(project, () -> persist(InSequence::new, 60)))
                .doesNotHaveDuplicates()
                .allMatch(id -> id > 1);
        assertThat(in(project, () -> persist(InTable::new, 60)))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 60).boxed().toList());
        assertThat(in(project, () -> persist(InColumn::new, 60)))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 60).boxed().toList());
    }

    private List<Long> persist(Supplier<? extends Numbered> kind, int count) {
        return transaction.execute(status -> {
            List<Long> ids = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Numbered row = kind.get();
                entities.persist(row);
                ids.add(row.id());
            }
            return ids;
        });
    }

    @Test
    void sixteen_threads_read_no_row_of_another_project() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<List<String>>> tasks = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String project = i % 2 == 0 ? app : other;
                tasks.add(() -> {
                    List<String> wrong = new ArrayList<>();
                    for (int n = 0; n < 100; n++) {
                        List<String> read = new ArrayList<>(in(project, authors::names));
                        read.add(in(
                                project, () -> entities.find(Author.class, 1L).name()));
                        read.removeIf(project::equals);
                        wrong.addAll(read);
                    }
                    return wrong;
                });
            }
            for (Future<List<String>> read : threads.invokeAll(tasks)) {
                assertThat(read.get()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
