package org.citustenancy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What comes with the modules is what SECURITY.md lists, with its licence. */
class DependenciesTest {

    private static final List<String> MODULES =
            List.of("shaded", "core", "reports", "hikari", "spring-starter", "embedded", "test");

    private final XPath path = XPathFactory.newInstance().newXPath();

    @Test
    void list_equals_the_dependencies_of_the_modules() throws Exception {
        Set<String> onlyToCompile = artifacts("pom.xml", "//dependencyManagement//dependency[scope = 'provided']");
        Set<String> brought = new TreeSet<>();
        for (String module : MODULES) {
            brought.addAll(artifacts(
                    "citus-tenancy-" + module + "/pom.xml",
                    "/project/dependencies/dependency[not(scope = 'test' or scope = 'provided')]"
                            + "[not(starts-with(artifactId, 'citus-tenancy'))]"));
        }
        brought.removeAll(onlyToCompile);

        assertThat(listed()).containsExactlyInAnyOrderElementsOf(brought);
    }

    @Test
    void each_dependency_has_a_licence() {
        assertThat(rows()).hasSizeGreaterThan(15).allSatisfy(row -> {
            boolean names = row.contains("`");
            assertThat(row).matches(names ? "\\|.*\\|.*\\| \\S.* \\|" : "\\|.*\\|.*\\| +\\|");
        });
    }

    private static Set<String> listed() {
        return new TreeSet<>(rows().stream()
                .flatMap(row -> Pattern.compile("`([^`]+)`").matcher(row).results())
                .map((MatchResult name) -> name.group(1))
                .toList());
    }

    private static List<String> rows() {
        String security = Documents.read(Documents.ROOT.resolve("SECURITY.md"));
        String table = security.substring(
                security.indexOf("| module | dependency | licence |"), security.indexOf("## Reporting"));
        return Stream.of(table.strip().split("\n", -1)).skip(2).toList();
    }

    private Set<String> artifacts(String pom, String which) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        Documents.read(Documents.ROOT.resolve(pom)).getBytes(StandardCharsets.UTF_8)));
        NodeList found = (NodeList) path.evaluate(which + "/artifactId", document, XPathConstants.NODESET);
        Set<String> artifacts = new TreeSet<>();
        for (int index = 0; index < found.getLength(); index++) {
            artifacts.add(found.item(index).getTextContent());
        }
        return artifacts;
    }
}
