package org.citustenancy.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citustenancy.CitusCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.testing.ProjectPicture;
import org.citustenancy.users.Secret;

/** The state after each operation of a scenario without faults, which every other scenario must reach. */
final class Expectation {

    private static final String ROWS = "50|1275";

    private final FaultyCluster cluster;
    private final Map<Operation, Map<String, Map<String, List<String>>>> pictures = new EnumMap<>(Operation.class);

    Expectation(FaultyCluster cluster) {
        this.cluster = cluster;
    }

    /** Fills a project with rows. */
    void fill(Subject subject) throws SQLException {
        for (String sql : List.of(
                "create table facts (id bigint primary key, value int)",
                "select create_distributed_table('facts', 'id', shard_count => 4)",
                "insert into facts select i, i from generate_series(1, 50) i")) {
            askAsOwner(subject.name(), subject.owner(), subject.firstPassword(), sql);
        }
    }

    /** Compares the state with that of the first scenario. */
    void assertMet(Operation operation, CitusCluster library, Subject subject) throws Exception {
        boolean guest = operation == Operation.ADD_WORKER;
        new Inventory(cluster).assertWhole(library, guest);
        Map<String, Map<String, List<String>>> picture = new TreeMap<>();
        for (String project : operation.projects(subject)) {
            picture.put(project.substring(subject.name().length()), picture(project, guest, subject, operation));
            if (operation.filled(subject).contains(project)) {
                assertThat(cluster.nodes().ask(project, "select count(*), sum(value) from facts"))
                        .as("rows of %s", project)
                        .containsExactly(ROWS);
            }
        }
        assertThat(picture).isEqualTo(pictures.computeIfAbsent(operation, first -> picture));
        assertThat(library.projects())
                .extracting(known -> known.name().substring(subject.name().length()))
                .containsExactlyInAnyOrderElementsOf(picture.keySet());
        if (operation != Operation.DROP) {
            assertPassword(operation, subject);
        }
    }

    /** The nodes by their number, because a worker that failed over is another node at another address. */
    private Map<String, List<String>> picture(String project, boolean guest, Subject subject, Operation operation)
            throws SQLException {
        boolean relocated = operation.compareTo(Operation.RELOCATE_WORKER) >= 0;
        int worker = relocated ? subject.ports().successor() : subject.ports().failing();
        List<EmbeddedNode> where = guest ? cluster.running() : cluster.members();
        Map<String, List<String>> pictures = ProjectPicture.of(cluster.nodes(), where, project, subject.owner());
        Map<String, List<String>> picture = new TreeMap<>();
        for (int number = 0; number < where.size(); number++) {
            picture.put(
                    "node " + number,
                    pictures.get(where.get(number).toString()).stream()
                            .map(line -> line.replace(subject.name(), "NAME").replace("|" + worker + "|", "|WORKER|"))
                            .sorted()
                            .toList());
        }
        return picture;
    }

    private void assertPassword(Operation operation, Subject subject) throws SQLException {
        boolean rotated = operation.compareTo(Operation.ROTATE_PASSWORD) >= 0;
        Secret password = rotated ? subject.secondPassword() : subject.firstPassword();
        for (EmbeddedNode node : cluster.members()) {
            String verifier = cluster.nodes()
                    .ask(node, "postgres", bind("select rolpassword from pg_authid where rolname = ?", subject.owner()))
                    .get(0);
            assertThat(Verifier.stored(verifier).matches(password))
                    .as("the password of %s on %s", subject.owner(), node)
                    .isTrue();
        }
        for (String project : operation.projects(subject)) {
            assertThat(askAsOwner(
                            project,
                            subject.owner(),
                            password,
                            "select bool_and(success) from run_command_on_workers('select 1')"))
                    .as("whether %s gets through in %s", subject.owner(), project)
                    .containsExactly("t");
        }
    }

    private List<String> askAsOwner(String project, String owner, Secret password, String sql) throws SQLException {
        return cluster.nodes().ask(cluster.nodes().embedded().coordinator(), project, owner, password.reveal(), sql);
    }
}
