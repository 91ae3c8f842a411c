package org.citustenancy.internal.observing;

import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgDistAuthinfo.PG_DIST_AUTHINFO;
import static org.citustenancy.internal.sql.catalog.PgDistLocalGroup.PG_DIST_LOCAL_GROUP;
import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;
import static org.citustenancy.internal.sql.catalog.PgDistShard.PG_DIST_SHARD;
import static org.citustenancy.internal.sql.catalog.PgExtension.PG_EXTENSION;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.citustenancy.internal.names.LibraryRoles;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.ObjectQueries;
import org.citustenancy.internal.sql.PlaceholderStatements;
import org.citustenancy.internal.sql.ShardQueries;
import org.citustenancy.internal.sql.SurveyQueries;

/** From the rows that a node gave to what they say. */
final class AnswerReader {

    static final String ROLES = "roles";
    static final String OWNER_MEMBERS = "members of the owner of databases";
    static final String DATABASES = "databases";
    static final String DOORS = "doors";
    static final String SETTINGS = "settings";
    static final String EXTENSIONS = "extensions";
    static final String NODES = "nodes";
    static final String KNOWN_ROLES = "known roles";
    static final String GROUP = "group";
    static final String MISSING_SHARDS = "missing shards";
    static final String UNPLACED_SHARDS = "unplaced shards";
    static final String REFERENCES = "references";
    static final String OBJECTS = "objects";
    static final String COPY = "copy";
    static final String BLANK = "blank";
    static final String NODE_PASSWORDS = "node passwords";
    static final String FUNCTIONS_OF_USERS = "functions of users";
    static final String PLACEHOLDERS = "placeholders";

    private AnswerReader() {}

    static Map<String, ObservedRole> roles(BatchResult answers) {
        Map<String, ObservedRole> roles = new HashMap<>();
        for (Record row : answers.to(ROLES)) {
            Long validUntil = row.get(SurveyQueries.VALID_UNTIL.getName(), Long.class);
            String name = text(row, PG_AUTHID.name);
            roles.put(
                    name,
                    new ObservedRole(
                            flag(row, PG_AUTHID.login),
                            power(row),
                            number(row, PG_AUTHID.connectionLimit),
                            Optional.ofNullable(validUntil)
                                    .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS)),
                            Optional.ofNullable(row.get(SurveyQueries.DIGEST.getName(), String.class)),
                            name.equals(LibraryRoles.OWNER) ? ownerMembers(answers) : List.of()));
        }
        return roles;
    }

    private static List<String> ownerMembers(BatchResult answers) {
        return answers.to(OWNER_MEMBERS).stream()
                .map(row -> text(row, SurveyQueries.ROLE))
                .toList();
    }

    static Map<Integer, Boolean> references(BatchResult answers) {
        Map<Integer, Boolean> complete = new HashMap<>();
        answers.to(REFERENCES)
                .forEach(row -> complete.put(number(row, ShardQueries.NODE_GROUP), flag(row, ShardQueries.COMPLETE)));
        return complete;
    }

    private static String power(Record row) {
        Map<String, Field<Boolean>> attributes = new LinkedHashMap<>();
        attributes.put("SUPERUSER", PG_AUTHID.superuser);
        attributes.put("CREATEDB", PG_AUTHID.createsDatabases);
        attributes.put("CREATEROLE", PG_AUTHID.createsRoles);
        attributes.put("BYPASSRLS", PG_AUTHID.bypassesRowSecurity);
        attributes.put("REPLICATION", PG_AUTHID.replicates);
        List<String> present = attributes.entrySet().stream()
                .filter(attribute -> flag(row, attribute.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return String.join(", ", present);
    }

    static Map<String, ObservedDatabase> databases(BatchResult answers) {
        Map<String, Map<String, Set<String>>> doors = new HashMap<>();
        for (Record row : answers.to(DOORS)) {
            doors.computeIfAbsent(text(row, SurveyQueries.DATABASE), name -> new HashMap<>())
                    .computeIfAbsent(text(row, SurveyQueries.ROLE), role -> new LinkedHashSet<>())
                    .add(text(row, SurveyQueries.PRIVILEGE));
        }
        Map<String, Map<String, Map<String, String>>> settings = settings(answers);
        Map<String, ObservedDatabase> databases = new HashMap<>();
        for (Record row : answers.to(DATABASES)) {
            String name = text(row, PG_DATABASE.name);
            Map<String, Map<String, String>> byRole = settings.getOrDefault(name, Map.of());
            databases.put(
                    name,
                    new ObservedDatabase(
                            text(row, SurveyQueries.OWNER),
                            flag(row, PG_DATABASE.allowsConnections),
                            number(row, PG_DATABASE.connectionLimit),
                            doors.getOrDefault(name, Map.of()),
                            byRole.getOrDefault("", Map.of()),
                            byRole,
                            adminSettings(answers, name)));
        }
        return databases;
    }

    private static Map<String, String> adminSettings(BatchResult answers, String database) {
        Map<String, String> settings = new HashMap<>();
        answers.to(SETTINGS).stream()
                .filter(row -> flag(row, SurveyQueries.OF_ADMIN)
                        && text(row, SurveyQueries.DATABASE).equals(database))
                .forEach(row -> {
                    String[] pair = text(row, SurveyQueries.SETTING).split("=", 2);
                    settings.put(pair[0].toLowerCase(Locale.ROOT), pair.length > 1 ? pair[1] : "");
                });
        return settings;
    }

    /** By database, role (empty for all roles) and name. */
    private static Map<String, Map<String, Map<String, String>>> settings(BatchResult answers) {
        Map<String, Map<String, Map<String, String>>> settings = new HashMap<>();
        for (Record row : answers.to(SETTINGS)) {
            String[] pair = text(row, SurveyQueries.SETTING).split("=", 2);
            settings.computeIfAbsent(text(row, SurveyQueries.DATABASE), name -> new HashMap<>())
                    .computeIfAbsent(text(row, SurveyQueries.ROLE), role -> new HashMap<>())
                    .put(pair[0].toLowerCase(Locale.ROOT), pair.length > 1 ? pair[1] : "");
        }
        return settings;
    }

    static Map<String, String> extensions(BatchResult answers) {
        Map<String, String> extensions = new HashMap<>();
        answers.to(EXTENSIONS)
                .forEach(row -> extensions.put(text(row, PG_EXTENSION.name), text(row, PG_EXTENSION.version)));
        return extensions;
    }

    static Optional<String> ownerOf(String extension, BatchResult answers) {
        return answers.to(EXTENSIONS).stream()
                .filter(row -> text(row, PG_EXTENSION.name).equals(extension))
                .map(row -> text(row, SurveyQueries.OWNER))
                .findFirst();
    }

    static List<KnownNode> nodes(BatchResult answers) {
        return answers.to(NODES).stream()
                .map(row -> new KnownNode(
                        number(row, PG_DIST_NODE.group),
                        text(row, PG_DIST_NODE.host),
                        number(row, PG_DIST_NODE.port),
                        flag(row, PG_DIST_NODE.shards)))
                .toList();
    }

    static int group(BatchResult answers) {
        return answers.to(GROUP).stream()
                .mapToInt(row -> number(row, PG_DIST_LOCAL_GROUP.group))
                .findFirst()
                .orElse(0);
    }

    static List<MissingShard> missingShards(BatchResult answers) {
        return answers.to(MISSING_SHARDS).stream()
                .map(row -> new MissingShard(
                        row.get(PG_DIST_SHARD.id.getName(), Long.class),
                        text(row, ShardQueries.TABLE),
                        flag(row, ShardQueries.REFERENCE)))
                .toList();
    }

    static List<String> unplacedShards(BatchResult answers) {
        return answers.to(UNPLACED_SHARDS).stream()
                .map(row -> text(row, ShardQueries.TABLE))
                .toList();
    }

    static Set<String> objects(BatchResult answers) {
        return answers.to(OBJECTS).stream()
                .map(row -> text(row, ObjectQueries.OBJECT))
                .collect(Collectors.toSet());
    }

    static UserFunctions userFunctions(BatchResult answers) {
        return new UserFunctions(
                answers.to(FUNCTIONS_OF_USERS).stream().anyMatch(row -> flag(row, PlaceholderStatements.EXIST)),
                answers.to(PLACEHOLDERS).stream()
                        .map(row -> text(row, PlaceholderStatements.OBJECT))
                        .collect(Collectors.toSet()));
    }

    static Set<String> knownRoles(BatchResult answers) {
        Set<String> roles = new LinkedHashSet<>();
        answers.to(KNOWN_ROLES).forEach(row -> roles.add(text(row, PG_AUTHID.name)));
        return roles;
    }

    static Map<String, String> nodePasswords(BatchResult answers) {
        Map<String, String> passwords = new HashMap<>();
        answers.to(NODE_PASSWORDS)
                .forEach(row -> passwords.put(text(row, PG_DIST_AUTHINFO.role), text(row, SurveyQueries.DIGEST)));
        return passwords;
    }

    private static String text(Record row, Field<String> field) {
        return String.valueOf(row.get(field.getName(), String.class));
    }

    private static boolean flag(Record row, Field<Boolean> field) {
        return Boolean.TRUE.equals(row.get(field.getName(), Boolean.class));
    }

    private static int number(Record row, Field<Integer> field) {
        Integer value = row.get(field.getName(), Integer.class);
        return value == null ? 0 : value;
    }
}
