package org.citustenancy.internal.statistics;

import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgRoles.PG_ROLES;
import static org.citustenancy.internal.sql.catalog.PgStatActivity.PG_STAT_ACTIVITY;
import static org.citustenancy.internal.sql.catalog.PgStatDatabase.PG_STAT_DATABASE;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.citustenancy.internal.observing.BatchResult;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.FigureQueries;
import org.citustenancy.statistics.ClientSessions;
import org.citustenancy.statistics.DatabaseCounters;
import org.citustenancy.statistics.NodeFigures;
import org.citustenancy.statistics.ProjectOnNode;
import org.citustenancy.statistics.SessionGroup;
import org.citustenancy.topology.Node;

/** What one node says of all its databases from any one of them. */
final class SharedFigures {

    private static final String DATABASES = "databases";
    private static final String SESSIONS = "sessions";
    private static final String LIMITS = "limits";
    private static final String USER_LIMITS = "user limits";

    private final Node node;
    private final BatchResult answers;
    private final Map<Boolean, List<SessionGroup>> sessions;

    SharedFigures(Node node, BatchResult answers) {
        this.node = node;
        this.answers = answers;
        this.sessions = answers.to(SESSIONS).stream()
                .collect(Collectors.partitioningBy(
                        row -> ResultReader.flag(row, FigureQueries.HIDDEN),
                        Collectors.mapping(SharedFigures::group, Collectors.toList())));
    }

    /** The questions whose answers this class reads. */
    static Map<String, Select<?>> questions(Optional<String> only) {
        Map<String, Select<?>> questions = new LinkedHashMap<>();
        questions.put(DATABASES, FigureQueries.databases(only));
        questions.put(SESSIONS, FigureQueries.sessions(only));
        questions.put(LIMITS, FigureQueries.limits());
        questions.put(USER_LIMITS, FigureQueries.userLimits());
        return questions;
    }

    /** The databases' owners, by the databases' names. */
    Map<String, String> owners() {
        Map<String, String> owners = new LinkedHashMap<>();
        answers.to(DATABASES)
                .forEach(row -> owners.put(
                        name(row), ResultReader.text(row, FigureQueries.OWNER).orElse("")));
        return owners;
    }

    Optional<ProjectOnNode> database(String name) {
        return answers.to(DATABASES).stream()
                .filter(row -> name(row).equals(name))
                .findFirst()
                .map(this::database);
    }

    NodeFigures node() {
        Record limits = answers.to(LIMITS).get(0);
        Map<String, Integer> users = new HashMap<>();
        answers.to(USER_LIMITS)
                .forEach(row -> users.put(
                        ResultReader.text(row, PG_ROLES.name).orElse(""),
                        ResultReader.count(row, PG_ROLES.connectionLimit)));
        return new NodeFigures(
                node,
                ResultReader.count(limits, FigureQueries.MAX_CONNECTIONS),
                ResultReader.count(limits, FigureQueries.RESERVED),
                users,
                sessions(group -> true));
    }

    private ProjectOnNode database(Record row) {
        String name = name(row);
        return new ProjectOnNode(
                node,
                ResultReader.number(row, FigureQueries.BYTES),
                ResultReader.limit(row, PG_DATABASE.connectionLimit),
                sessions(group -> group.database().equals(Optional.of(name))),
                counters(row));
    }

    private ClientSessions sessions(Predicate<SessionGroup> which) {
        return new ClientSessions(
                sessions.getOrDefault(false, List.of()).stream().filter(which).toList(),
                sessions.getOrDefault(true, List.of()).stream()
                        .filter(which)
                        .mapToInt(SessionGroup::count)
                        .sum());
    }

    private static Optional<DatabaseCounters> counters(Record row) {
        OptionalLong commits = ResultReader.number(row, PG_STAT_DATABASE.commits);
        return commits.isEmpty()
                ? Optional.empty()
                : Optional.of(new DatabaseCounters(
                        commits.getAsLong(),
                        ResultReader.number(row, PG_STAT_DATABASE.rollbacks).orElse(0),
                        ResultReader.number(row, PG_STAT_DATABASE.blocksHit).orElse(0),
                        ResultReader.number(row, PG_STAT_DATABASE.blocksRead).orElse(0),
                        ResultReader.number(row, PG_STAT_DATABASE.deadlocks).orElse(0),
                        ResultReader.number(row, PG_STAT_DATABASE.temporaryFiles)
                                .orElse(0),
                        ResultReader.number(row, PG_STAT_DATABASE.temporaryBytes)
                                .orElse(0),
                        ResultReader.moment(row, FigureQueries.SINCE)));
    }

    private static SessionGroup group(Record row) {
        return new SessionGroup(
                ResultReader.text(row, PG_STAT_ACTIVITY.database),
                ResultReader.text(row, PG_STAT_ACTIVITY.user),
                ResultReader.text(row, FigureQueries.APPLICATION).orElse(""),
                ResultReader.text(row, PG_STAT_ACTIVITY.state),
                ResultReader.flag(row, FigureQueries.FROM_NODE),
                ResultReader.count(row, FigureQueries.SESSIONS));
    }

    private static String name(Record row) {
        return ResultReader.text(row, PG_DATABASE.name).orElse("");
    }
}
