package org.citustenancy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Types, methods, packages and properties of which documents speak are in the code. */
class NamesTest {

    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern CALL = Pattern.compile("(?<![@\\w])([a-z][A-Za-z]+)\\(");
    private static final Pattern MEMBER = Pattern.compile("\\b([A-Z]\\w+)\\.([a-z]\\w+)");
    private static final Pattern TYPE = Pattern.compile("\\b([A-Z][a-z]+(?:[A-Z][a-z]*)+)\\b");
    private static final Pattern PROPERTY = Pattern.compile("(?<!org\\.)(citustenancy\\.[a-z.-]*[a-z])");
    private static final Pattern PACKAGE = Pattern.compile("\\b(internal\\.[a-z.]*[a-z])");

    /** What others are called with: zonky's, in docs/coming-from.md. */
    private static final Set<String> FOREIGN = Set.of("setServerConfig", "preparedDatabase");

    private final List<Path> sources = Documents.sources();
    private final String api = text(sources.stream()
            .filter(source -> source.toString().contains("/src/main/java/"))
            .toList());
    private final String everything =
            text(Stream.concat(sources.stream(), Documents.poms().stream()).toList());
    private final SoftAssertions softly = new SoftAssertions();

    @Test
    void documented_methods_exist() {
        all(CALL, (document, call) -> softly.assertThat(
                        FOREIGN.contains(call.group(1)) || api.contains(call.group(1) + "("))
                .as("%s: %s(", document, call.group(1))
                .isTrue());
        all(MEMBER, (document, member) -> sources.stream()
                .filter(source -> source.endsWith(member.group(1) + ".java"))
                .forEach(source -> softly.assertThat(Documents.read(source))
                        .as("%s: %s", document, member.group())
                        .contains(" " + member.group(2))));
        softly.assertAll();
    }

    @Test
    void documented_types_exist() {
        assertEach(TYPE, everything);
    }

    @Test
    void documented_properties_exist() {
        assertEach(PROPERTY, everything);
    }

    @Test
    void benchmark_properties_are_passed_by_its_pom() {
        Path benchmark = Documents.ROOT.resolve("examples/benchmark");
        String read = text(
                sources.stream().filter(source -> source.startsWith(benchmark)).toList());
        String pom = Documents.read(benchmark.resolve("pom.xml"));
        Pattern.compile("\"(citustenancy\\.benchmark\\.[a-z]+)\"")
                .matcher(read)
                .results()
                .map((MatchResult property) -> property.group(1))
                .forEach(property -> softly.assertThat(pom).contains("-D" + property + "=${" + property + "}"));
        softly.assertAll();
    }

    @Test
    void documented_packages_exist() {
        assertEach(PACKAGE, everything);
    }

    private void assertEach(Pattern pattern, String where) {
        all(pattern, (document, name) -> softly.assertThat(where.contains(name.group(1)))
                .as("%s: %s", document, name.group(1))
                .isTrue());
        softly.assertAll();
    }

    private static void all(Pattern pattern, Check check) {
        int found = 0;
        for (Path document : Documents.all()) {
            String prose = BLOCK.matcher(Documents.read(document)).replaceAll("");
            for (String code :
                    CODE.matcher(prose).results().map(span -> span.group(1)).toList()) {
                for (Matcher name = pattern.matcher(code); name.find(); found++) {
                    check.of(Documents.ROOT.relativize(document), name);
                }
            }
        }
        assertThat(found).as("names in the documents").isPositive();
    }

    private static String text(Collection<Path> files) {
        return files.stream().map(Documents::read).collect(Collectors.joining());
    }

    private interface Check {
        void of(Path document, Matcher name);
    }
}
