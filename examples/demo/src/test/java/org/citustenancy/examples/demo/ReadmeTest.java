package org.citustenancy.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.junit.jupiter.api.Test;

/** What README.md shows is what is here, and it does what README.md says. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path EXAMPLE =
            Path.of("src", "test", "java", "org", "citustenancy", "examples", "demo", "ReadmeExample.java");

    @Test
    void the_code_is_that_of_the_example() throws IOException {
        String example =
                Files.readString(EXAMPLE).replaceAll("(?s).*// begin README.md\\n(.*?)\\n *// end README.md.*", "$1");

        assertThat(blocks("java")).containsExactly(example.stripIndent() + "\n");
    }

    @Test
    void the_dependency_is_that_of_this_version() throws IOException {
        Matcher version = Pattern.compile("<artifactId>citus-tenancy</artifactId>\\s*<version>(.*?)</version>")
                .matcher(Files.readString(ROOT.resolve("pom.xml")));

        assertThat(version.find()).isTrue();
        assertThat(blocks("xml")).singleElement().satisfies(dependency -> assertThat(dependency)
                .contains(
                        "<artifactId>citus-tenancy-core</artifactId>", "<version>" + version.group(1) + "</version>"));
    }

    @Test
    void the_example_spreads_its_table_over_both_workers() throws SQLException {
        try (EmbeddedCluster cluster = CitusAssumption.startWithCitus(EmbeddedCluster.builder())) {
            assertThat(ReadmeExample.run(cluster.jdbcUrl("postgres"), cluster.adminPassword()))
                    .hasSize(2)
                    .allSatisfy((node, shards) -> assertThat(shards).isEqualTo(16));
        }
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
