package org.citustenancy.internal.observing;

import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgDistLocalGroup.PG_DIST_LOCAL_GROUP;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.WorkerQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Asks servers who they are, whether they belong to the cluster already or not. */
public final class CandidateObserver {

    private final Session maintenance;
    private final Topology topology;

    /** An observer that asks through the coordinator. */
    public CandidateObserver(Session maintenance, Topology topology) {
        this.maintenance = maintenance;
        this.topology = topology;
    }

    /**
     * Asks the coordinator, the workers and a newcomer.
     *
     * @return what each says
     * @throws org.citustenancy.errors.NodeUnreachableException if one does not answer
     */
    public Map<Node, Candidate> askWith(Node newcomer, List<String> projects) {
        List<Node> others = Stream.concat(topology.workers().stream(), Stream.of(newcomer))
                .distinct()
                .toList();
        return BatchQueryExecutor.ask(maintenance, topology.coordinator(), others, question(projects));
    }

    /**
     * Asks the coordinator alone.
     *
     * @return what it says
     */
    public Candidate askCoordinator() {
        return BatchQueryExecutor.askCoordinator(maintenance, question(List.of()));
    }

    /**
     * Asks workers, some of which may not answer.
     *
     * @return what each says, or why it does not
     */
    public Map<Node, Attempt> tryWorkers(List<Node> workers, List<String> projects) {
        Map<Node, Attempt> attempts = new LinkedHashMap<>();
        BatchQueryExecutor.tryThroughCoordinator(maintenance, workers, question(projects))
                .forEach((node, reply) -> attempts.put(node, attempt(reply)));
        return attempts;
    }

    /**
     * One of the two.
     *
     * @param candidate what it says
     * @param failure why it does not answer
     */
    public record Attempt(Optional<Candidate> candidate, Optional<String> failure) {}

    private Attempt attempt(NodeReply<Candidate> reply) {
        try {
            return new Attempt(Optional.of(reply.orThrow(maintenance.place())), Optional.empty());
        } catch (CitusTenancyException failure) {
            return new Attempt(Optional.empty(), Optional.of(failure.failure().what()));
        }
    }

    /** What the maintenance database of a server believes. */
    private record Membership(int group, int workers) {

        static Question<Membership> question() {
            return Question.list(
                            WorkerQueries.membership(),
                            row -> new Membership(
                                    row.number(PG_DIST_LOCAL_GROUP.group), row.number(WorkerQueries.WORKERS)))
                    .map(rows -> rows.get(0));
        }
    }

    /**
     * Whether a server whose maintenance database has Citus has workers of its own there.
     *
     * @return true for the coordinator of a cluster
     */
    public boolean hasWorkers(Node server) {
        Membership membership = one(maintenance, server, Membership.question());
        return membership.group() == 0 && membership.workers() > 0;
    }

    /**
     * The group that a server's maintenance database, which has Citus, believes itself to be.
     *
     * @return 0 if it is no worker
     */
    public int group(Node server) {
        return one(maintenance, server, Membership.question()).group();
    }

    /**
     * Some of the tables that a server has in a database.
     *
     * @param inProject a session in the coordinator's database of that name
     * @return their names, at most three
     */
    public static List<String> contents(Session inProject, Node server) {
        return one(inProject, server, Question.list(WorkerQueries.contents(), row -> row.text(WorkerQueries.TABLE)));
    }

    private static <T> T one(Session session, Node server, Question<T> question) {
        return BatchQueryExecutor.askWorkers(session, List.of(server), question)
                .values()
                .iterator()
                .next();
    }

    private static Question<Candidate> question(List<String> projects) {
        Question<AnswerRow> identity = Question.of(WorkerQueries.identity(), rows -> rows.get(0));
        Question<List<String>> databases = Question.list(
                        WorkerQueries.databases(projects), row -> row.text(PG_DATABASE.name))
                .onlyIf(!projects.isEmpty());
        return identity.and(databases, CandidateObserver::candidate);
    }

    private static Candidate candidate(AnswerRow identity, List<String> databases) {
        return new Candidate(
                identity.text(WorkerQueries.SYSTEM),
                identity.number(WorkerQueries.POSTGRES_NUMBER),
                identity.text(WorkerQueries.POSTGRES),
                identity.optionalText(WorkerQueries.CITUS_INSTALLED),
                identity.optionalText(WorkerQueries.CITUS_CREATED),
                Set.copyOf(databases));
    }
}
