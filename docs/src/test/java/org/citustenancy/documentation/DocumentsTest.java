package org.citustenancy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The Java and the Kotlin of every document is a region of a test, by the name behind its fence; and no link leads nowhere. */
class DocumentsTest {

    private static final Set<String> RUN = Set.of("java", "kotlin");
    private static final Set<String> SHOWN = Set.of("groovy", "sql", "text", "xml", "yaml", "mermaid");

    private final List<Path> documents = Documents.all();

    @Test
    void code_in_documents_equals_regions_of_tests() {
        Map<String, String> regions = Regions.of(Documents.shownSources());
        Set<String> unused = new TreeSet<>(regions.keySet());
        SoftAssertions softly = new SoftAssertions();
        for (Path document : documents) {
            for (FencedBlock block : Documents.blocks(document)) {
                if (RUN.contains(block.language())) {
                    softly.assertThat(block.text()).as(block.toString()).isEqualTo(regions.get(block.name()));
                    unused.remove(block.name());
                }
            }
        }
        softly.assertThat(unused).as("regions that no document shows").isEmpty();
        softly.assertAll();
    }

    /** A test of the core compares these files with what the library prints. */
    @Test
    void suggestions_in_documents_equal_those_of_tests() {
        Path outputs = Documents.ROOT.resolve("citus-tenancy-core/src/test/resources/output");
        SoftAssertions softly = new SoftAssertions();
        for (Path document : documents) {
            for (FencedBlock block : Documents.blocks(document)) {
                if (block.name().startsWith("suggestion-")) {
                    softly.assertThat(block.text())
                            .as(block.toString())
                            .isEqualTo(Documents.read(outputs.resolve(block.name() + ".txt")));
                }
            }
        }
        softly.assertAll();
    }

    @Test
    void commands_are_in_blocks_that_ci_runs() {
        for (Path document : documents) {
            List<String> fences = Documents.read(document)
                    .lines()
                    .filter(line -> line.stripLeading().startsWith("```"))
                    .toList();
            for (int fence = 0; fence < fences.size(); fence += 2) {
                String language = fences.get(fence).replaceFirst("^```([a-z]*).*", "$1");
                assertThat(language)
                        .as("%s, %s: commands are \"sh\", which .ci/commands runs", document, fences.get(fence))
                        .satisfiesAnyOf(
                                it -> assertThat(it).isEqualTo("sh"),
                                it -> assertThat(RUN).contains(it),
                                it -> assertThat(SHOWN).contains(it));
            }
        }
    }

    @Test
    void links_have_existing_targets() {
        List<Link> links = documents.stream()
                .flatMap(document -> Link.in(document).stream())
                .toList();

        assertThat(links).hasSizeGreaterThan(50).anySatisfy(link -> assertThat(link.anchor())
                .isNotEmpty());
        assertThat(links).allSatisfy(link -> assertThat(link.fault()).isEmpty());
    }

    @Test
    void guides_in_both_languages_show_the_same_code() {
        assertThat(code("guia.md")).isEqualTo(code("guide.md")).isNotEmpty();
    }

    private static List<String> code(String document) {
        return Documents.blocks(Documents.ROOT.resolve("docs").resolve(document)).stream()
                .filter(block -> !block.language().equals("text"))
                .map(block -> block.language() + " " + block.name())
                .toList();
    }
}
