package org.citustenancy.internal.shaded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.internal.shaded.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.simple.SimpleLogger;

class RelocatedJooqTest {

    /** As an application has it that has no jOOQ. */
    private static final List<Path> CLASS_PATH = Stream.of(
                    DSLContext.class, Logger.class, SimpleLogger.class, RenderedStatement.class)
            .map(RelocatedJooqTest::origin)
            .toList();

    private static final List<String> MOVED = List.of("org/jooq/", "io/r2dbc/spi/", "org/reactivestreams/");

    @Test
    void relocated_jooq_logs_nothing_and_ignores_settings_of_the_application() throws Exception {
        Path settings = origin(RenderedStatement.class).resolve("jooq-settings.xml");
        assertThat(settings).exists();

        assertThat(printed()).isEqualTo("select 1 as \"one\"");
        assertThat(printed("-Dorg.jooq.settings=" + settings)).isEqualTo("select 1 as \"one\"");
    }

    @Test
    void each_class_loads_with_a_logger_only() throws Exception {
        List<String> names = names();
        List<String> failures = new ArrayList<>();
        int members = 0;
        URL[] path = {url(CLASS_PATH.get(0)), url(CLASS_PATH.get(1))};
        try (URLClassLoader alone = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            for (String name : names) {
                try {
                    Class<?> loaded = Class.forName(name, false, alone);
                    members += loaded.getDeclaredMethods().length
                            + loaded.getDeclaredFields().length
                            + loaded.getDeclaredConstructors().length;
                } catch (LinkageError | ClassNotFoundException failure) {
                    failures.add(name + ": " + failure);
                }
            }
        }

        assertThat(names).hasSizeGreaterThan(2_000);
        assertThat(members).isGreaterThan(names.size());
        // As in jOOQ itself, where what reads XML and what calls converters of JPA is optional.
        assertThat(failures).allSatisfy(failure -> assertThat(failure)
                .matches(".*NoClassDefFoundError: jakarta/(xml/bind|persistence)/.*"));
    }

    @Test
    void no_class_refers_to_an_original_package() throws IOException {
        Path classes = CLASS_PATH.get(0);
        List<String> left = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (MOVED.stream().anyMatch(content::contains)) {
                    left.add(classes.relativize(file).toString());
                }
            }
        }

        assertThat(left).isEmpty();
    }

    @Test
    void jar_contains_licences_and_metadata_for_scanners() {
        assertThat(List.of(
                        "META-INF/jooq/LICENSE.txt",
                        "META-INF/r2dbc-spi/LICENSE",
                        "META-INF/maven/org.jooq/jooq/pom.properties",
                        "META-INF/maven/io.r2dbc/r2dbc-spi/pom.properties"))
                .allSatisfy(name -> assertThat(CLASS_PATH.get(0).resolve(name)).isNotEmptyFile());
    }

    private static List<String> names() throws IOException {
        Path classes = CLASS_PATH.get(0);
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.replaceFirst("\\.class$", "").replace('/', '.'))
                    .toList();
        }
    }

    /** What the program prints and logs. */
    private static String printed(String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=trace");
        command.add("-cp");
        command.add(CLASS_PATH.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(RenderedStatement.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    private static Path origin(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException failure) {
            throw new AssertionError(failure);
        }
    }

    private static URL url(Path path) throws IOException {
        return path.toUri().toURL();
    }
}
