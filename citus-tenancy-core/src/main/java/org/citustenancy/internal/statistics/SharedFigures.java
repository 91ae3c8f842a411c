package org.citustenancy.internal.statistics;

import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgRoles.PG_ROLES;
import static org.citustenancy.internal.sql.catalog.PgStatActivity.PG_STAT_ACTIVITY;
import static org.citustenancy.internal.sql.catalog.PgStatDatabase.PG_STAT_DATABASE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.citustenancy.internal.observing.AnswerRow;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.sql.FigureQueries;
import org.citustenancy.statistics.ClientSessions;
import org.citustenancy.statistics.DatabaseCounters;
import org.citustenancy.statistics.NodeFigures;
import org.citustenancy.statistics.ProjectOnNode;
import org.citustenancy.statistics.SessionGroup;
import org.citustenancy.topology.Node;

/** The figures of all databases that one node reports from any of them. */
final class SharedFigures {

    private final List<Database> databases;
    private final Map<Boolean, List<SessionGroup>> sessions;
    private final Limits limits;
    private final Map<String, Integer> userLimits;

    private SharedFigures(
            List<Database> databases,
            Map<Boolean, List<SessionGroup>> sessions,
            Limits limits,
            Map<String, Integer> userLimits) {
        this.databases = databases;
        this.sessions = sessions;
        this.limits = limits;
        this.userLimits = userLimits;
    }

    private record Database(
            String name,
            String owner,
            OptionalLong bytes,
            OptionalInt connectionLimit,
            Optional<DatabaseCounters> counters) {}

    private record Limits(int connections, int reserved) {}

    /**
     * Returns the question for a node.
     *
     * @param only the database in question; absent for all
     */
    static Question<SharedFigures> question(Optional<String> only) {
        Question<List<Database>> databases = Question.list(FigureQueries.databases(only), SharedFigures::database);
        Question<Map<Boolean, List<SessionGroup>>> sessions =
                Question.of(FigureQueries.sessions(only), rows -> rows.stream()
                        .collect(Collectors.partitioningBy(
                                row -> row.flag(FigureQueries.HIDDEN),
                                Collectors.mapping(SharedFigures::group, Collectors.toList()))));
        Question<Limits> limits = Question.list(
                        FigureQueries.limits(),
                        row -> new Limits(
                                row.number(FigureQueries.MAX_CONNECTIONS), row.number(FigureQueries.RESERVED)))
                .map(rows -> rows.get(0));
        Question<Map<String, Integer>> userLimits = Question.map(
                FigureQueries.userLimits(),
                row -> row.text(PG_ROLES.name),
                row -> row.number(PG_ROLES.connectionLimit));
        return Question.together(
                List.of(databases, sessions, limits, userLimits),
                answers -> new SharedFigures(
                        answers.to(databases), answers.to(sessions), answers.to(limits), answers.to(userLimits)));
    }

    /** Returns the databases' owners, by the databases' names. */
    Map<String, String> owners() {
        Map<String, String> owners = new LinkedHashMap<>();
        databases.forEach(database -> owners.put(database.name(), database.owner()));
        return owners;
    }

    /** Returns the size of a database, absent if the node has none of that name or does not report it to this role. */
    OptionalLong size(String name) {
        return named(name).map(Database::bytes).orElse(OptionalLong.empty());
    }

    Optional<ProjectOnNode> database(Node node, String name) {
        return named(name)
                .map(database -> new ProjectOnNode(
                        node,
                        database.bytes(),
                        database.connectionLimit(),
                        sessions(group -> group.database().equals(Optional.of(name))),
                        database.counters()));
    }

    NodeFigures of(Node node) {
        return new NodeFigures(node, limits.connections(), limits.reserved(), userLimits, sessions(group -> true));
    }

    private Optional<Database> named(String name) {
        return databases.stream()
                .filter(database -> database.name().equals(name))
                .findFirst();
    }

    private ClientSessions sessions(Predicate<SessionGroup> which) {
        return new ClientSessions(
                sessions.getOrDefault(false, List.of()).stream().filter(which).toList(),
                sessions.getOrDefault(true, List.of()).stream()
                        .filter(which)
                        .mapToInt(SessionGroup::count)
                        .sum());
    }

    private static Database database(AnswerRow row) {
        return new Database(
                row.text(PG_DATABASE.name),
                row.text(FigureQueries.OWNER),
                row.optionalLarge(FigureQueries.BYTES),
                row.limit(PG_DATABASE.connectionLimit),
                counters(row));
    }

    private static Optional<DatabaseCounters> counters(AnswerRow row) {
        OptionalLong commits = row.optionalLarge(PG_STAT_DATABASE.commits);
        return commits.isEmpty()
                ? Optional.empty()
                : Optional.of(new DatabaseCounters(
                        commits.getAsLong(),
                        row.large(PG_STAT_DATABASE.rollbacks),
                        row.large(PG_STAT_DATABASE.blocksHit),
                        row.large(PG_STAT_DATABASE.blocksRead),
                        row.large(PG_STAT_DATABASE.deadlocks),
                        row.large(PG_STAT_DATABASE.temporaryFiles),
                        row.large(PG_STAT_DATABASE.temporaryBytes),
                        row.moment(FigureQueries.SINCE)));
    }

    private static SessionGroup group(AnswerRow row) {
        return new SessionGroup(
                row.optionalText(PG_STAT_ACTIVITY.database),
                row.optionalText(PG_STAT_ACTIVITY.user),
                row.text(FigureQueries.APPLICATION),
                row.optionalText(PG_STAT_ACTIVITY.state),
                row.flag(FigureQueries.FROM_NODE),
                row.number(FigureQueries.SESSIONS));
    }
}
