package org.citustenancy.internal.observing;

import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgDistAuthinfo.PG_DIST_AUTHINFO;
import static org.citustenancy.internal.sql.catalog.PgDistLocalGroup.PG_DIST_LOCAL_GROUP;
import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;
import static org.citustenancy.internal.sql.catalog.PgDistShard.PG_DIST_SHARD;
import static org.citustenancy.internal.sql.catalog.PgExtension.PG_EXTENSION;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.internal.sql.ObjectQueries;
import org.citustenancy.internal.sql.PlaceholderStatements;
import org.citustenancy.internal.sql.ShardQueries;
import org.citustenancy.internal.sql.SurveyQueries;

/** Builds the questions about the inside of a project's database, except privileges. */
final class ContentsQuestions {

    private static final String CITUS = "citus";

    private ContentsQuestions() {}

    private record Extension(String name, String version, String owner) {

        static Extension of(AnswerRow row) {
            return new Extension(
                    row.text(PG_EXTENSION.name), row.text(PG_EXTENSION.version), row.text(SurveyQueries.OWNER));
        }
    }

    /** Returns the question whether the database has Citus, which determines the other possible questions. */
    static Question<Boolean> hasCitus() {
        return extensions().map(extensions -> named(CITUS, extensions).isPresent());
    }

    static Question<ObservedContents> about(boolean citus, Collection<String> users) {
        Question<List<Extension>> extensions = extensions();
        Question<List<KnownNode>> nodes =
                Question.list(SurveyQueries.nodes(), ContentsQuestions::node).onlyIf(citus);
        Question<Set<String>> knownRoles =
                texts(SurveyQueries.rolesKnownToCitus(users), PG_AUTHID.name).onlyIf(citus);
        Question<Optional<Integer>> group = Question.first(
                        ClusterQueries.localGroup(), row -> row.number(PG_DIST_LOCAL_GROUP.group))
                .onlyIf(citus);
        Question<List<MissingShard>> missing = Question.list(ShardQueries.missing(), ContentsQuestions::missingShard)
                .onlyIf(citus);
        Question<List<String>> unplaced = Question.list(ShardQueries.unplaced(), row -> row.text(ShardQueries.TABLE))
                .onlyIf(citus);
        Question<Map<Integer, Boolean>> references = Question.map(
                        ShardQueries.references(),
                        row -> row.number(ShardQueries.NODE_GROUP),
                        row -> row.flag(ShardQueries.COMPLETE))
                .onlyIf(citus);
        Question<Set<String>> objects =
                texts(ObjectQueries.present(), ObjectQueries.OBJECT).onlyIf(citus);
        Question<Boolean> copied = Question.exists(ObjectQueries.copied()).onlyIf(citus);
        Question<Map<String, String>> nodePasswords = Question.map(
                        SurveyQueries.nodePasswords(),
                        row -> row.text(PG_DIST_AUTHINFO.role),
                        row -> row.text(SurveyQueries.DIGEST))
                .onlyIf(citus);
        Question<UserFunctions> functions = functions().onlyIf(citus);
        return Question.together(
                List.of(
                        extensions,
                        nodes,
                        knownRoles,
                        group,
                        missing,
                        unplaced,
                        references,
                        objects,
                        copied,
                        nodePasswords,
                        functions),
                answers -> new ObservedContents(
                        versions(answers.to(extensions)),
                        answers.to(nodes),
                        answers.to(knownRoles),
                        answers.to(group).orElse(0),
                        answers.to(missing),
                        answers.to(unplaced),
                        answers.to(references),
                        answers.to(objects),
                        answers.to(copied),
                        answers.to(nodePasswords),
                        named(CITUS, answers.to(extensions)).map(Extension::owner),
                        answers.to(functions)));
    }

    private static Question<List<Extension>> extensions() {
        return Question.list(SurveyQueries.extensions(), Extension::of);
    }

    private static Optional<Extension> named(String name, List<Extension> extensions) {
        return extensions.stream()
                .filter(extension -> extension.name().equals(name))
                .findFirst();
    }

    private static Map<String, String> versions(List<Extension> extensions) {
        Map<String, String> versions = new HashMap<>();
        extensions.forEach(extension -> versions.put(extension.name(), extension.version()));
        return versions;
    }

    private static Question<UserFunctions> functions() {
        return Question.of(
                PlaceholderStatements.present(),
                rows -> new UserFunctions(
                        !rows.isEmpty(),
                        rows.stream()
                                .flatMap(row -> row.optionalText(PlaceholderStatements.OBJECT).stream())
                                .collect(Collectors.toSet())));
    }

    private static Question<Set<String>> texts(Select<?> query, Field<String> field) {
        return Question.of(
                query, rows -> rows.stream().map(row -> row.text(field)).collect(Collectors.toSet()));
    }

    private static KnownNode node(AnswerRow row) {
        RegisteredServer server = new RegisteredServer(
                row.number(PG_DIST_NODE.id),
                row.number(PG_DIST_NODE.group),
                row.text(PG_DIST_NODE.host),
                row.number(PG_DIST_NODE.port),
                row.text(PG_DIST_NODE.role).equals("primary"));
        return new KnownNode(server, row.flag(PG_DIST_NODE.shards));
    }

    private static MissingShard missingShard(AnswerRow row) {
        return new MissingShard(
                row.large(PG_DIST_SHARD.id), row.text(ShardQueries.TABLE), row.flag(ShardQueries.REFERENCE));
    }
}
