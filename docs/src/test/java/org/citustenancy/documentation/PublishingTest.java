package org.citustenancy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the POMs of published modules have, and that README.md and the BOM speak of this version. */
class PublishingTest {

    private static final Pattern VERSION = Pattern.compile("</artifactId>\\s*<version>(.*?)</version>");

    private final String root = Documents.read(Documents.ROOT.resolve("pom.xml"));
    private final List<Path> published = Documents.filesIn(Documents.ROOT).stream()
            .filter(directory -> directory.getFileName().toString().startsWith("citus-tenancy-"))
            .filter(directory -> !directory.endsWith("citus-tenancy-bom"))
            .filter(directory -> Files.exists(directory.resolve("pom.xml")))
            .toList();

    @Test
    void published_modules_have_a_name_and_a_description() {
        assertThat(published).hasSizeGreaterThanOrEqualTo(5).allSatisfy(module -> assertThat(
                        Documents.read(module.resolve("pom.xml")))
                .containsPattern("<module.name>org\\.citustenancy[a-z.]*</module.name>")
                .containsPattern("<description>[^<]+</description>")
                .contains("<name>" + module.getFileName() + "</name>"));
    }

    @Test
    void bom_lists_each_published_module_in_this_version() {
        String bom = Documents.read(Documents.ROOT.resolve("citus-tenancy-bom/pom.xml"));

        assertThat(first(bom)).isEqualTo(first(root));
        assertThat(Pattern.compile("<artifactId>(citus-tenancy-.*?)</artifactId>\\s*<version>\\$\\{project")
                        .matcher(bom)
                        .results()
                        .map((MatchResult module) -> module.group(1)))
                .containsExactlyInAnyOrderElementsOf(published.stream()
                        .map(module -> module.getFileName().toString())
                        .toList());
    }

    @Test
    void readme_names_this_version() {
        assertThat(Documents.blocks(Documents.ROOT.resolve("README.md")))
                .filteredOn(block -> block.language().equals("xml"))
                .singleElement()
                .satisfies(block -> assertThat(block.text())
                        .contains("<artifactId>citus-tenancy-core</artifactId>", "<version>" + first(root) + "<"));
    }

    private static String first(String pom) {
        return VERSION.matcher(pom).results().findFirst().orElseThrow().group(1);
    }
}
