package org.citustenancy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.citustenancy.errors.CitusTenancyException;
import org.junit.jupiter.api.Test;

/** docs/operations.md tells of every exception of core, and of none that there is not. */
class OperationsTest {

    @Test
    void every_error_has_its_line() {
        List<String> classes = new ClassFileImporter()
                .importPackagesOf(CitusTenancyException.class).stream()
                        .filter(each -> each.isAssignableTo(CitusTenancyException.class))
                        .map(JavaClass::getSimpleName)
                        .toList();
        List<String> told = Pattern.compile("(?m)^\\| `(\\w+Exception)` \\|")
                .matcher(Documents.read(Documents.ROOT.resolve("docs/operations.md")))
                .results()
                .map((MatchResult line) -> line.group(1))
                .toList();

        assertThat(new TreeSet<>(told)).isEqualTo(new TreeSet<>(classes)).hasSizeGreaterThan(10);
        assertThat(told).doesNotHaveDuplicates();
    }
}
