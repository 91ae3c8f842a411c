package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What is said of the permissions of files with passwords; nothing is connected to. */
class SecretFilePermissionsTest {

    private static final String APP_FILE = "citus-tenancy.projects.app.users.app_user.password-file";

    private final Logger logger = (Logger) LoggerFactory.getLogger("org.citustenancy.spring");
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @TempDir
    Path secrets;

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(logged);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "r-----r--"})
    void warning_names_a_file_that_others_can_read(String permissions) throws IOException {
        start("rw-------", permissions);

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains(secrets.resolve("app").toString(), APP_FILE)
                .doesNotContain("Secret-1");
    }

    @Test
    void warning_names_a_password_file_of_the_admin_that_others_can_read() throws IOException {
        start("rw-r--r--", "rw-------");

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains(secrets.resolve("admin").toString(), "citus-tenancy.cluster.password-file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--r-----"})
    void warning_is_absent_when_others_cannot_read_the_file(String permissions) throws IOException {
        start(permissions, permissions);

        assertThat(warnings()).isEmpty();
    }

    /** Those that tell of files of this test, for others run at the same time. */
    private List<String> warnings() {
        return List.copyOf(logged.list).stream()
                .filter(event -> event.getLevel().equals(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.contains(secrets.toString()))
                .toList();
    }

    private void start(String adminPermissions, String appPermissions) throws IOException {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(CitusTenancyAutoConfiguration.class))
                .withPropertyValues(
                        "citus-tenancy.cluster.url=jdbc:postgresql://localhost:1/postgres",
                        "citus-tenancy.cluster.password-file=" + file("admin", adminPermissions),
                        "citus-tenancy.start.mode=none",
                        APP_FILE + "=" + file("app", appPermissions))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(CitusConnectionDetails.class).adminPassword())
                            .isEqualTo(Secret.of("admin-Secret-1"));
                });
    }

    private Path file(String name, String permissions) throws IOException {
        assumeTrue(
                secrets.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
        Path file = Files.writeString(secrets.resolve(name), name + "-Secret-1\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
