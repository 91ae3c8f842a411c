package org.citustenancy.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The documents of this project, and its sources, as files. */
final class Documents {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Documents() {}

    /** Every document, wherever it lies. */
    static List<Path> all() {
        return files(".md");
    }

    /** Every file that tests run without being the library: the tests of all modules, and the examples. */
    static List<Path> shownSources() {
        return sources().stream()
                .filter(file ->
                        inside(file).contains("/src/test/java/") || inside(file).contains("/examples/"))
                .toList();
    }

    /** Every source in Java and Kotlin, those of the examples and of the tests too. */
    static List<Path> sources() {
        return Stream.concat(files(".java").stream(), files(".kt").stream()).toList();
    }

    /** Every POM. */
    static List<Path> poms() {
        return files("pom.xml");
    }

    /** The blocks of a document that are fenced with a word, in their order. */
    static List<FencedBlock> blocks(Path document) {
        return FencedBlock.in(ROOT.relativize(document).toString(), read(document));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The files in a directory. */
    static List<Path> filesIn(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Path> files(String end) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(end))
                    .filter(file -> !inside(file).contains("/target/")
                            && !inside(file).contains("/node_modules/")
                            && !inside(file).contains("/."))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Its way from the root, which begins with a slash: what the directories above are called means nothing. */
    private static String inside(Path file) {
        return "/" + ROOT.relativize(file);
    }
}
