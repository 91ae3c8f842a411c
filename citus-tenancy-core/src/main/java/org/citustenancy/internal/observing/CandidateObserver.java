package org.citustenancy.internal.observing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.WorkerQueries;
import org.citustenancy.internal.sql.catalog.PgDatabase;
import org.citustenancy.internal.sql.catalog.PgDistLocalGroup;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Asks servers who they are, whether they belong to the cluster already or not. */
public final class CandidateObserver {

    private static final String IDENTITY = "identity";
    private static final String DATABASES = "databases";
    private static final String MEMBERSHIP = "membership";
    private static final String CONTENTS = "contents";

    private final Session maintenance;
    private final Topology topology;

    /**
     * An observer that asks through the coordinator.
     *
     * @param maintenance a session in the maintenance database
     * @param topology the cluster's nodes
     */
    public CandidateObserver(Session maintenance, Topology topology) {
        this.maintenance = maintenance;
        this.topology = topology;
    }

    /**
     * Asks the coordinator, the workers and a newcomer.
     *
     * @param newcomer the newcomer
     * @param projects the projects of the cluster
     * @return what each says
     * @throws org.citustenancy.errors.NodeUnreachableException if one does not answer
     */
    public Map<Node, Candidate> askWith(Node newcomer, List<String> projects) {
        List<Node> others = Stream.concat(topology.workers().stream(), Stream.of(newcomer))
                .distinct()
                .toList();
        Map<Node, Candidate> candidates = new LinkedHashMap<>();
        BatchQueryExecutor.ask(maintenance, topology.coordinator(), others, questions(projects))
                .forEach((node, answers) -> candidates.put(node, candidate(answers)));
        return candidates;
    }

    /**
     * Asks the coordinator alone.
     *
     * @return what it says
     */
    public Candidate askCoordinator() {
        return candidate(BatchQueryExecutor.askCoordinator(maintenance, questions(List.of())));
    }

    /**
     * Asks workers, some of which may not answer.
     *
     * @param workers the workers
     * @param projects the projects of the cluster
     * @return what each says, or why it does not
     */
    public Map<Node, Attempt> tryWorkers(List<Node> workers, List<String> projects) {
        Map<Node, Attempt> attempts = new LinkedHashMap<>();
        BatchQueryExecutor.tryThroughCoordinator(maintenance, workers, questions(projects))
                .forEach((node, answer) -> attempts.put(node, attempt(answer)));
        return attempts;
    }

    /**
     * One of the two.
     *
     * @param candidate what it says
     * @param failure why it does not answer
     */
    public record Attempt(Optional<Candidate> candidate, Optional<String> failure) {}

    private Attempt attempt(NodeAnswer answer) {
        try {
            return new Attempt(
                    Optional.of(candidate(BatchResult.parse(answer.orThrow(maintenance.place())))), Optional.empty());
        } catch (CitusTenancyException failure) {
            return new Attempt(Optional.empty(), Optional.of(failure.failure().what()));
        }
    }

    /**
     * Whether a server whose maintenance database has Citus has workers of its own there.
     *
     * @param server the server
     * @return true for the coordinator of a cluster
     */
    public boolean hasWorkers(Node server) {
        Record row = one(server, MEMBERSHIP, WorkerQueries.membership());
        Integer group = row.get(PgDistLocalGroup.PG_DIST_LOCAL_GROUP.group.getName(), Integer.class);
        Integer workers = row.get(WorkerQueries.WORKERS.getName(), Integer.class);
        return group != null && group == 0 && workers != null && workers > 0;
    }

    /**
     * The group that a server's maintenance database, which has Citus, believes itself to be.
     *
     * @param server the server
     * @return 0 if it is no worker
     */
    public int group(Node server) {
        Integer group = one(server, MEMBERSHIP, WorkerQueries.membership())
                .get(PgDistLocalGroup.PG_DIST_LOCAL_GROUP.group.getName(), Integer.class);
        return group == null ? 0 : group;
    }

    /**
     * Some of the tables that a server has in a database.
     *
     * @param inProject a session in the coordinator's database of that name
     * @param server the server
     * @return their names, at most three
     */
    public static List<String> contents(Session inProject, Node server) {
        return BatchQueryExecutor.askWorkers(inProject, List.of(server), Map.of(CONTENTS, WorkerQueries.contents()))
                .values()
                .stream()
                .flatMap(answers -> answers.to(CONTENTS).stream())
                .map(row -> String.valueOf(row.get(WorkerQueries.TABLE.getName(), String.class)))
                .toList();
    }

    private Record one(Node server, String key, Select<?> question) {
        return BatchQueryExecutor.askWorkers(maintenance, List.of(server), Map.of(key, question)).values().stream()
                .flatMap(answers -> answers.to(key).stream())
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Select<?>> questions(List<String> projects) {
        Map<String, Select<?>> questions = new LinkedHashMap<>();
        questions.put(IDENTITY, WorkerQueries.identity());
        if (!projects.isEmpty()) {
            questions.put(DATABASES, WorkerQueries.databases(projects));
        }
        return questions;
    }

    private static Candidate candidate(BatchResult answers) {
        Record row = answers.to(IDENTITY).get(0);
        Integer number = row.get(WorkerQueries.POSTGRES_NUMBER.getName(), Integer.class);
        Set<String> databases = answers.to(DATABASES).stream()
                .map(database -> String.valueOf(database.get(PgDatabase.PG_DATABASE.name.getName(), String.class)))
                .collect(Collectors.toSet());
        return new Candidate(
                text(row, WorkerQueries.SYSTEM.getName()).orElse(""),
                number == null ? 0 : number,
                text(row, WorkerQueries.POSTGRES.getName()).orElse(""),
                text(row, WorkerQueries.CITUS_INSTALLED.getName()),
                text(row, WorkerQueries.CITUS_CREATED.getName()),
                databases);
    }

    private static Optional<String> text(Record row, String field) {
        return Optional.ofNullable(row.get(field, String.class));
    }
}
