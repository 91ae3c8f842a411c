package org.citustenancy.internal.registry;

import static org.citustenancy.internal.sql.catalog.RegistryTableGrant.REGISTRY_TABLE_GRANT;
import static org.citustenancy.internal.sql.catalog.RegistryUser.REGISTRY_USER;
import static org.citustenancy.internal.sql.catalog.RegistryUserSetting.REGISTRY_USER_SETTING;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.RegistryQueries;
import org.citustenancy.internal.sql.RegistryUserStatements;
import org.citustenancy.tables.TableName;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.TableGrant;
import org.citustenancy.users.TablePrivilege;
import org.citustenancy.users.UserOptions;

/** Converts a project's row in the registry to its users, and back. */
final class RegisteredUsers {

    private RegisteredUsers() {}

    /** Returns a project's users, in the order of the request. */
    static Map<String, DesiredUser> users(Record project) {
        Map<String, SortedMap<String, String>> settings = new HashMap<>();
        for (Record row : project.get(RegistryQueries.USER_SETTINGS)) {
            settings.computeIfAbsent(row.get(REGISTRY_USER_SETTING.user), first -> new TreeMap<>())
                    .put(row.get(REGISTRY_USER_SETTING.name), row.get(REGISTRY_USER_SETTING.value));
        }
        Map<String, List<TableGrant>> grants = new HashMap<>();
        for (Record row : project.get(RegistryQueries.TABLE_GRANTS)) {
            grants.computeIfAbsent(row.get(REGISTRY_TABLE_GRANT.user), first -> new ArrayList<>())
                    .add(grant(row));
        }
        Map<String, DesiredUser> users = new LinkedHashMap<>();
        for (Record row : project.get(RegistryQueries.USERS)) {
            String name = row.get(REGISTRY_USER.name);
            users.put(
                    name,
                    user(row, settings.getOrDefault(name, new TreeMap<>()), grants.getOrDefault(name, List.of())));
        }
        return users;
    }

    /** Returns the users whose generated password was not returned to a caller yet. */
    static Set<String> pendingPasswords(Record project) {
        return project.get(RegistryQueries.USERS).stream()
                .filter(row -> row.get(REGISTRY_USER.passwordPending))
                .map(row -> row.get(REGISTRY_USER.name))
                .collect(Collectors.toSet());
    }

    private static DesiredUser user(Record row, SortedMap<String, String> settings, List<TableGrant> grants) {
        Integer limit = row.get(REGISTRY_USER.connectionLimit);
        UserOptions options = new UserOptions(
                List.of(row.get(REGISTRY_USER.schemas)),
                grants,
                settings,
                limit == null ? OptionalInt.empty() : OptionalInt.of(limit),
                Optional.ofNullable(row.get(REGISTRY_USER.validUntil)).map(OffsetDateTime::toInstant));
        return new DesiredUser(
                row.get(REGISTRY_USER.name), AccessLevel.of(row.get(REGISTRY_USER.level)), options, Optional.empty());
    }

    private static TableGrant grant(Record row) {
        Set<TablePrivilege> privileges = Arrays.stream(row.get(REGISTRY_TABLE_GRANT.privileges))
                .map(TablePrivilege::valueOf)
                .collect(Collectors.toSet());
        return new TableGrant(
                new TableName(row.get(REGISTRY_TABLE_GRANT.schema), row.get(REGISTRY_TABLE_GRANT.table)),
                privileges,
                List.of(row.get(REGISTRY_TABLE_GRANT.columns)));
    }

    /** Returns the statements that replace a project's users in the registry. */
    static List<Query> write(DesiredProject project, Set<String> pendingPasswords) {
        List<Query> statements = new ArrayList<>();
        List<String> names = project.userNames();
        for (DesiredUser user : project.users().values()) {
            UserOptions options = user.options();
            statements.add(RegistryUserStatements.remove(project.name(), user.name()));
            statements.add(RegistryUserStatements.save(
                    project.name(),
                    names.indexOf(user.name()),
                    user.name(),
                    user.level().word(),
                    options.schemas().toArray(String[]::new),
                    options.connectionLimit().isPresent()
                            ? options.connectionLimit().getAsInt()
                            : null,
                    options.validUntil()
                            .map(moment -> moment.atOffset(ZoneOffset.UTC))
                            .orElse(null),
                    pendingPasswords.contains(user.name())));
            options.settings()
                    .forEach((name, value) -> statements.add(
                            RegistryUserStatements.saveSetting(project.name(), user.name(), name, value)));
            for (int index = 0; index < options.tables().size(); index++) {
                statements.add(save(
                        project.name(), user.name(), index, options.tables().get(index)));
            }
        }
        return statements;
    }

    private static Query save(String project, String user, int position, TableGrant grant) {
        return RegistryUserStatements.saveGrant(
                project,
                user,
                position,
                grant.table().schema(),
                grant.table().table(),
                grant.privileges().stream().map(TablePrivilege::name).toArray(String[]::new),
                grant.columns().toArray(String[]::new));
    }
}
