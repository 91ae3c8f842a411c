package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.embedded.Backend;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectFlywayAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.annotation.Configuration;

/** What a person reads whose configuration cannot be worked with: the application is started with it, and says why not. */
class InvalidConfigurationTest {

    private static final String CLUSTER = """
            citus-tenancy:
              cluster:
                url: jdbc:postgresql://localhost:1/postgres
                password: admin-Secret-1
              start.mode: none
            """;

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource("configurations")
    void application_stops_and_names_the_property(String what, String yaml, List<String> expected) throws IOException {
        assertThat(analysis(yaml)).contains(expected).doesNotContain("Secret-1");
    }

    static Stream<Arguments> configurations() {
        return Stream.of(
                Arguments.of(
                        "a project without a user",
                        CLUSTER + """
                                  projects:
                                    app:
                                      database: app_production
                                """,
                        List.of(
                                "citus-tenancy.projects.app.users is empty",
                                "citus-tenancy.projects.app.users: name one")),
                Arguments.of(
                        "rules for tables that are not valid",
                        CLUSTER + """
                                  projects:
                                    app:
                                      users.app_user.password: app-Secret-1
                                      distribution:
                                        every-table-with: [company_id, company_id]
                                        distribute:
                                          - column: id
                                          - tables: a.b.c
                                            column: id
                                          - tables: ads
                                            column: id
                                            colocated-with: companies
                                            shard-count: 4
                                        reference: ads
                                        local: ads
                                """,
                        List.of(
                                "citus-tenancy.projects.app.distribution.every-table-with is refused",
                                "leave one of the two out",
                                "citus-tenancy.projects.app.distribution.distribute[0].tables is missing",
                                "citus-tenancy.projects.app.distribution.distribute[1] is refused: \"a.b.c\" is not the name",
                                "citus-tenancy.projects.app.distribution.distribute[2] is refused",
                                "citus-tenancy.projects.app.distribution.local is refused: The rules reference(\"ads\") and")),
                Arguments.of(
                        "impossible settings for failovers",
                        CLUSTER + """
                                  failover:
                                    interval: 0s
                                    servers: [worker-1, worker-2:5432]
                                    patroni: ["ftp://worker-1"]
                                """,
                        List.of(
                                "citus-tenancy.failover.interval is PT0S, which leaves no time",
                                "citus-tenancy.failover.servers[0] is \"worker-1\", which is not host:port",
                                "write host:port, with a host name that all nodes can reach",
                                "\"ftp://worker-1\" is no address of Patroni's REST API",
                                "give an HTTP address, such as http://citus-worker-1:8008")),
                Arguments.of(
                        "impossible settings for suspended projects",
                        CLUSTER + """
                                  autosuspend:
                                    idle-for: 0s
                                    interval: -1s
                                    reserve: -1
                                """,
                        List.of(
                                "citus-tenancy.autosuspend.idle-for is PT0S, which leaves no time",
                                "citus-tenancy.autosuspend.interval is PT-1S, which leaves no time",
                                "citus-tenancy.autosuspend.reserve is -1, which is negative")),
                Arguments.of(
                        "two projects with one database",
                        CLUSTER + """
                                  projects:
                                    app.users.app_user.password: app-Secret-1
                                    copy:
                                      database: app
                                      users.copy_user.password: copy-Secret-1
                                """,
                        List.of(
                                "citus-tenancy.projects.copy.database is \"app\", which is that of the project \"app\" too",
                                "give each project a database of its own")),
                Arguments.of(
                        "names that do not exist",
                        CLUSTER + """
                                  projects:
                                    app:
                                      databse: app_production
                                      users:
                                        app_user:
                                          pasword: app-Secret-1
                                """,
                        List.of(
                                "citus-tenancy.projects.app.databse (URL [file:",
                                "] - 8:16) does not exist: did you mean citus-tenancy.projects.app.database?",
                                "citus-tenancy.projects.app.users.app_user.pasword (URL [file:",
                                "did you mean citus-tenancy.projects.app.users.app_user.password?")),
                Arguments.of(
                        "a pool that HikariCP would correct",
                        CLUSTER + """
                                  projects:
                                    app:
                                      users.app_user.password: app-Secret-1
                                      pool:
                                        min: 21
                                        connection-timeout-millis: 10
                                        idle-timeout-millis: 500
                                """,
                        List.of(
                                "projects.app.pool.connection-timeout-millis is 10, but HikariCP takes 0 (unlimited) or 250 and more",
                                "projects.app.pool.idle-timeout-millis is 500, but HikariCP takes 0 (never) or 10000 and more",
                                "projects.app.pool.min cannot be so: min is 21, more than max, which is 20",
                                "projects.app.pool.idle-timeout-millis: take another value, or leave it out")),
                Arguments.of(
                        "secrets that are missing",
                        """
                        citus-tenancy:
                          cluster.host: localhost
                          projects.app.users.app_user.level: owner
                        """,
                        List.of(
                                "citus-tenancy.cluster.password is missing",
                                "citus-tenancy.cluster.password: set it (in the environment as CITUS_TENANCY_CLUSTER_PASSWORD)",
                                "citus-tenancy.projects.app.users.app_user.password is missing",
                                "CITUS_TENANCY_PROJECTS_APP_USERS_APP_USER_PASSWORD")),
                Arguments.of(
                        "a secret that is empty",
                        CLUSTER + """
                                  projects:
                                    app:
                                      users:
                                        app_user:
                                          password: ""
                                """,
                        List.of(
                                "citus-tenancy.projects.app.users.app_user.password (URL [file:",
                                "] - 10:21) is refused: The password is empty",
                                "citus-tenancy.projects.app.users.app_user.password: give one")),
                Arguments.of(
                        "values that are none of their type, a name that does not exist, and a primary project that is none",
                        """
                        citus-tenancy:
                          primary: apq
                          colour: blue
                          cluster:
                            host: localhost
                            deadline: soon
                          start.mode: creat
                          pool.max: many
                          request.from: host
                          projects:
                            app:
                              adopt-existing: perhaps
                              users:
                                app_user.password: app-Secret-1
                                app_reader:
                                  level: redonly
                                  password: reader-Secret-1
                            empty.database: empty
                        """,
                        List.of(
                                "citus-tenancy.primary is \"apq\", which is no project",
                                "citus-tenancy.colour (",
                                ") does not exist",
                                "citus-tenancy.cluster.password is missing",
                                ") is \"soon\", which is no duration",
                                ") is \"creat\", which is none of create, validate, none",
                                "citus-tenancy.pool.max (",
                                ") is \"many\", which is no whole number",
                                "citus-tenancy.request.host is \"\", which leaves no place for a project",
                                ") is \"perhaps\", which is neither true nor false",
                                ") is \"redonly\", which is none of owner, read-write, read-only, tables, none",
                                "citus-tenancy.projects.app.users.app_user.level is missing",
                                "citus-tenancy.projects.empty.users is empty",
                                "citus-tenancy.start.mode: take one of these")),
                Arguments.of(
                        "a secret in a file that is not there",
                        CLUSTER + """
                                  projects.app.users.app_user.password-file: /no/such/file
                                """,
                        List.of("app_user.password-file is \"/no/such/file\", where there is no file")),
                Arguments.of(
                        "placeholders that nothing stands for",
                        """
                        citus-tenancy:
                          cluster:
                            host: ${NO_SUCH_HOST}
                            password: ${NO_SUCH_PASSWORD}
                          projects:
                            app:
                              database: ${NO_SUCH_NAME}_production
                              users:
                                app_user:
                                  password-file: ${NO_SUCH_DIRECTORY}/app_user
                        """,
                        List.of(
                                "citus-tenancy.cluster.host is ${NO_SUCH_HOST}, and nothing says what that stands for",
                                "citus-tenancy.cluster.password is ${NO_SUCH_PASSWORD}",
                                "citus-tenancy.projects.app.database is ${NO_SUCH_NAME}_production",
                                "app_user.password-file is ${NO_SUCH_DIRECTORY}/app_user",
                                "citus-tenancy.cluster.host: set that variable or property")),
                Arguments.of(
                        "no cluster at all",
                        """
                        citus-tenancy.projects.app.users.app_user.password: app-Secret-1
                        """,
                        List.of("citus-tenancy.cluster.host is missing", "citus-tenancy.cluster.password is missing")),
                Arguments.of(
                        "a key that a file has twice, where Spring Boot looks for files if it is configured to",
                        CLUSTER + """
                                  projects:
                                    app.users.app_user.password: app-Secret-1
                                    app.users.app_user.password: app-Secret-1
                                """,
                        List.of(
                                "found duplicate key app.users.app_user.password, in line 8:",
                                "Name one of them differently")));
    }

    @Test
    void duplicate_project_is_reported_with_file_and_lines() {
        assertThat(analysis(Map.of("spring.profiles.active", "twice")))
                .contains("citus-tenancy.projects.app is there twice, in lines 4 and 12 of")
                .contains("application-twice.yaml")
                .contains("Name one of them differently, or put what both say under one")
                .doesNotContain("Secret-1");
    }

    @Test
    void duplicate_keys_of_other_properties_are_left_to_spring_boot() {
        assertThat(analysis(Map.of("spring.profiles.active", "twice-elsewhere")))
                .isEmpty();
    }

    @Test
    void projects_that_fail_for_one_reason_are_reported_together() throws IOException {
        assertThat(analysis(CLUSTER + """
                          projects:
                            app.users.app_user.password: app-Secret-1
                            analytics.users.analytics_user.password: analytics-Secret-1
                        """))
                .contains("These projects are not available:\n")
                .contains("- analytics: The project \"analytics\" cannot be used: Unable to obtain connection")
                .contains(
                        "- analytics, app: correct what that names; with citus-tenancy.start.mode=none it was not checked")
                .doesNotContain("state: ", "Secret-1");
    }

    @Test
    void password_in_a_wrong_place_is_not_shown() throws IOException {
        assertThat(analysis(CLUSTER + """
                          projects.app.users.app_user: app-Secret-1
                        """))
                .contains("citus-tenancy.projects.app.users.app_user is written in a form that it cannot have")
                .doesNotContain("Secret-1");
        assertThat(analysis("""
                        citus-tenancy:
                          cluster:
                            url: jdbc:postgresql://localhost:1/postgres?sslpassword=url-Secret-1
                            password: admin-Secret-1
                          projects.app.users.app_user.password: app-Secret-1
                        """)).contains("localhost:1").doesNotContain("Secret-1");
    }

    @Test
    void server_without_citus_is_reported_with_the_property_that_allows_it() throws IOException {
        try (EmbeddedCluster plain =
                EmbeddedCluster.builder().backend(Backend.PLAIN).start()) {
            assertThat(analysis("""
                            citus-tenancy:
                              cluster:
                                url: %s
                                password: %s
                              projects.app.users.app_user.password: app-Secret-1
                            """.formatted(plain.jdbcUrl("postgres"), plain.adminPassword())))
                    .contains("The server has no Citus")
                    .contains("set citus-tenancy.cluster.require-citus=false");
        }
    }

    private String analysis(String yaml) throws IOException {
        Files.writeString(directory.resolve("application.yaml"), yaml);
        return analysis(Map.of("spring.config.location", directory.toUri().toString()));
    }

    /** What the application says when it is started by this thread. */
    private static String analysis(Map<String, String> properties) {
        Logger reporter =
                (Logger) LoggerFactory.getLogger("org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter");
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        reporter.addAppender(logged);
        try {
            assertThat(catchThrowable(() -> application().run(arguments(properties))))
                    .isNotNull();
        } finally {
            reporter.detachAppender(logged);
        }
        return List.copyOf(logged.list).stream()
                .filter(event ->
                        event.getThreadName().equals(Thread.currentThread().getName()))
                .map(ILoggingEvent::getFormattedMessage)
                .collect(Collectors.joining());
    }

    private static String[] arguments(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }

    private static SpringApplication application() {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(Banner.Mode.OFF);
        // Other tests of this process listen to the log as it is.
        application.setListeners(application.getListeners().stream()
                .filter(listener -> !(listener instanceof LoggingApplicationListener))
                .toList());
        return application;
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({CitusTenancyAutoConfiguration.class, ProjectFlywayAutoConfiguration.class})
    static class Application {}
}
