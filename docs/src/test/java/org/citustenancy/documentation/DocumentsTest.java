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

    private final List<Path> documents = Documents.all();

    @Test
    void code_is_what_the_tests_run() {
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

    @Test
    void links_lead_somewhere() {
        List<Link> links = documents.stream()
                .flatMap(document -> Link.in(document).stream())
                .toList();

        assertThat(links).hasSizeGreaterThan(50).anySatisfy(link -> assertThat(link.anchor())
                .isNotEmpty());
        assertThat(links).allSatisfy(link -> assertThat(link.fault()).isEmpty());
    }

    @Test
    void both_languages_show_the_same_code() {
        assertThat(code("guia.md")).isEqualTo(code("guide.md")).isNotEmpty();
    }

    private static List<String> code(String document) {
        return Documents.blocks(Documents.ROOT.resolve("docs").resolve(document)).stream()
                .filter(block -> !block.language().equals("text"))
                .map(block -> block.language() + " " + block.name())
                .toList();
    }
}
