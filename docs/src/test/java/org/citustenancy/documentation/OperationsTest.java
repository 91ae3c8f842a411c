package org.citustenancy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/operations.md tells of every exception of core, and of none that there is not. */
class OperationsTest {

    private static final Path ERRORS = Path.of("citus-tenancy-core/src/main/java/org/citustenancy/errors");
    private static final Pattern LINE = Pattern.compile("(?m)^\\| `(\\w+Exception)` \\|");

    @Test
    void every_exception_is_documented() {
        List<String> classes = Documents.filesIn(Documents.ROOT.resolve(ERRORS)).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith("Exception.java"))
                .map(name -> name.substring(0, name.length() - ".java".length()))
                .toList();
        List<String> documented = LINE.matcher(Documents.read(Documents.ROOT.resolve("docs/operations.md")))
                .results()
                .map((MatchResult line) -> line.group(1))
                .toList();

        assertThat(documented).containsExactlyInAnyOrderElementsOf(classes).hasSizeGreaterThan(10);
    }
}
