package org.citustenancy.spring.internal.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;

class UnloadableJooqTest {

    private static final int LATER_THAN_ANY = 0xF000;

    @TempDir
    private Path directory;

    @Test
    void loadable_jooq_and_missing_jooq_are_not_reported() throws Exception {
        assertThat(UnloadableJooq.on(getClass().getClassLoader())).isEmpty();
        try (URLClassLoader empty = classPath()) {
            assertThat(UnloadableJooq.on(empty)).isEmpty();
        }
    }

    @Test
    void jooq_for_a_later_java_is_reported_with_its_version() throws Exception {
        write("org/jooq/DSLContext.class", header());
        write("META-INF/maven/org.jooq/jooq/pom.properties", "version=9.8.7".getBytes(StandardCharsets.UTF_8));

        try (URLClassLoader later = classPath()) {
            assertThat(UnloadableJooq.on(later)).get().satisfies(jooq -> assertThat(jooq.description())
                    .startsWith("jOOQ 9.8.7 is on the class path, and Java "
                            + Runtime.version().feature()));
        }
    }

    @Test
    void failed_bean_creation_is_explained() throws Exception {
        write("org/jooq/DSLContext.class", header());
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        try (URLClassLoader later = classPath()) {
            thread.setContextClassLoader(later);
            FailureAnalysis analysis = new UnloadableJooqFailureAnalyzer()
                    .analyze(new IllegalStateException(
                            new UnsupportedClassVersionError("org/jooq/DSLContext has been compiled by a later one")));
            assertThat(analysis).isNotNull();
            assertThat(analysis.getDescription()).startsWith("jOOQ is on the class path");
            assertThat(analysis.getAction()).contains("newer Java", "Spring Boot 4.0");
            assertThat(new UnloadableJooqFailureAnalyzer()
                            .analyze(new UnsupportedClassVersionError("com/example/Other has been compiled")))
                    .isNull();
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    private URLClassLoader classPath() throws Exception {
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    }

    private void write(String name, byte[] content) throws Exception {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    /** What a class file begins with; a JVM reads no further if the version is too high. */
    private static byte[] header() {
        return ByteBuffer.allocate(10)
                .putInt(0xCAFEBABE)
                .putShort((short) 0)
                .putShort((short) LATER_THAN_ANY)
                .putShort((short) 1)
                .array();
    }
}
