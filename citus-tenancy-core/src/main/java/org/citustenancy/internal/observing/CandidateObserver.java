package org.citustenancy.internal.observing;

import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgDistLocalGroup.PG_DIST_LOCAL_GROUP;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.internal.sql.WorkerQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Queries the identity and versions of servers, in the cluster or not. */
public final class CandidateObserver {

    private final Session maintenance;
    private final Topology topology;

    /** Creates an observer that queries through the coordinator. */
    public CandidateObserver(Session maintenance, Topology topology) {
        this.maintenance = maintenance;
        this.topology = topology;
    }

    /**
     * Queries the coordinator, the workers and a new server.
     *
     * @return the answer of each
     * @throws org.citustenancy.errors.NodeUnreachableException if a server does not answer
     */
    public Map<Node, Candidate> askWith(Node newcomer, List<String> projects) {
        List<Node> others = Stream.concat(topology.workers().stream(), Stream.of(newcomer))
                .distinct()
                .toList();
        return BatchQueryExecutor.ask(maintenance, topology.coordinator(), others, question(projects));
    }

    /**
     * Queries the coordinator alone.
     *
     * @return its answer
     */
    public Candidate askCoordinator() {
        return BatchQueryExecutor.askCoordinator(maintenance, question(List.of()));
    }

    /**
     * Queries servers as the coordinator reaches them.
     *
     * @param maintenance a session on the coordinator
     * @return the answer of each, or the reason for its absence
     */
    public static Map<Node, NodeReply<Candidate>> at(Session maintenance, Collection<Node> servers) {
        return BatchQueryExecutor.tryThroughCoordinator(maintenance, List.copyOf(servers), question(List.of()));
    }

    /**
     * Queries workers, some of which may not answer.
     *
     * @return the answer of each, or the reason for its absence
     */
    public Map<Node, Attempt> tryWorkers(List<Node> workers, List<String> projects) {
        Map<Node, Attempt> attempts = new LinkedHashMap<>();
        BatchQueryExecutor.tryThroughCoordinator(maintenance, workers, question(projects))
                .forEach((node, reply) -> attempts.put(node, attempt(reply)));
        return attempts;
    }

    /**
     * The answer of a worker, or the reason for its absence.
     *
     * @param candidate the answer
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

    /** The membership of a server according to its maintenance database. */
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
     * Checks whether a server whose maintenance database has Citus has workers registered there.
     *
     * @return true for the coordinator of a cluster
     */
    public boolean hasWorkers(Node server) {
        Membership membership = one(maintenance, server, Membership.question());
        return membership.group() == 0 && membership.workers() > 0;
    }

    /**
     * Returns the group of a server according to its database of the session's name.
     *
     * @return 0 if it is no worker there, or if that database has no Citus
     */
    public int groupInCurrentDatabase(Node server) {
        Question<Integer> group = Question.first(
                        ClusterQueries.localGroup(), row -> row.number(PG_DIST_LOCAL_GROUP.group))
                .map(first -> first.orElse(0));
        return BatchQueryExecutor.tryWorkers(maintenance, List.of(server), group).values().stream()
                .flatMap(reply -> reply.answer().stream())
                .findFirst()
                .orElse(0);
    }

    /**
     * Returns some of the tables that a server has in a database.
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
                identity.flag(WorkerQueries.IN_RECOVERY),
                identity.number(WorkerQueries.POSTGRES_NUMBER),
                identity.text(WorkerQueries.POSTGRES),
                identity.optionalText(WorkerQueries.CITUS_INSTALLED),
                identity.optionalText(WorkerQueries.CITUS_CREATED),
                Set.copyOf(databases));
    }
}
