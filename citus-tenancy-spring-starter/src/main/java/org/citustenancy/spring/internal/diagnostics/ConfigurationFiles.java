package org.citustenancy.spring.internal.diagnostics;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The files in which Spring Boot looks up properties by default. Its error for an unreadable file does not name the
 * file.
 */
final class ConfigurationFiles {

    private static final List<String> WHERE = List.of(
            "classpath*:application*.y*ml",
            "classpath*:config/application*.y*ml",
            "file:./application*.y*ml",
            "file:./config/application*.y*ml",
            "file:./config/*/application*.y*ml");

    /** Returns the key that one of the files repeats at this position. */
    Optional<Found> repeatedAt(Mark mark) {
        return WHERE.stream()
                .flatMap(ConfigurationFiles::files)
                .flatMap(file ->
                        repeated(file).filter(key -> key.isAt(mark)).map(key -> new Found(key, file.getDescription())))
                .findFirst();
    }

    private static Stream<Resource> files(String pattern) {
        try {
            return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(pattern));
        } catch (IOException nothingThere) {
            return Stream.empty();
        }
    }

    private static Stream<RepeatedKey> repeated(Resource file) {
        try (Reader yaml = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
            return RepeatedKey.in(yaml).stream();
        } catch (IOException | YAMLException unreadable) {
            return Stream.empty();
        }
    }

    /**
     * A repeated key and its file.
     *
     * @param key the key
     * @param file the file that contains it
     */
    record Found(RepeatedKey key, String file) {}
}
