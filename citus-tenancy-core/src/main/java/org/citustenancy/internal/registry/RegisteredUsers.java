package org.citustenancy.internal.registry;

import static org.citustenancy.internal.sql.catalog.RegistryTableGrant.REGISTRY_TABLE_GRANT;
import static org.citustenancy.internal.sql.catalog.RegistryUser.REGISTRY_USER;
import static org.citustenancy.internal.sql.catalog.RegistryUserSetting.REGISTRY_USER_SETTING;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RegistryUserStatements;
import org.citustenancy.tables.TableName;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.TableGrant;
import org.citustenancy.users.TablePrivilege;
import org.citustenancy.users.UserOptions;
import org.jooq.Query;
import org.jooq.Record;

/** From the registry's rows about a project's users to the users, and back. */
final class RegisteredUsers {

    private RegisteredUsers() {}

    /** The users of one project, and those of them for whom a password was generated that nobody was given yet. */
    record OfProject(Map<String, DesiredUser> users, Set<String> pendingPasswords) {

        static final OfProject NOBODY = new OfProject(Map.of(), Set.of());
    }

    /** The users of some projects, by project. */
    static Map<String, OfProject> read(Session session, Collection<String> projects) {
        Map<List<String>, SortedMap<String, String>> settings = new HashMap<>();
        for (Record row : session.fetch(RegistryUserStatements.settings(projects))) {
            List<String> user = List.of(row.get(REGISTRY_USER_SETTING.project), row.get(REGISTRY_USER_SETTING.user));
            settings.computeIfAbsent(user, first -> new TreeMap<>())
                    .put(row.get(REGISTRY_USER_SETTING.name), row.get(REGISTRY_USER_SETTING.value));
        }
        Map<List<String>, List<TableGrant>> grants = new HashMap<>();
        for (Record row : session.fetch(RegistryUserStatements.grants(projects))) {
            List<String> user = List.of(row.get(REGISTRY_TABLE_GRANT.project), row.get(REGISTRY_TABLE_GRANT.user));
            grants.computeIfAbsent(user, first -> new ArrayList<>()).add(grant(row));
        }
        Map<String, OfProject> found = new HashMap<>();
        for (Record row : session.fetch(RegistryUserStatements.of(projects))) {
            String name = row.get(REGISTRY_USER.name);
            List<String> key = List.of(row.get(REGISTRY_USER.project), name);
            OfProject there = found.computeIfAbsent(
                    row.get(REGISTRY_USER.project), first -> new OfProject(new LinkedHashMap<>(), new HashSet<>()));
            there.users()
                    .put(
                            name,
                            user(
                                    row,
                                    settings.getOrDefault(key, new TreeMap<>()),
                                    grants.getOrDefault(key, List.of())));
            if (row.get(REGISTRY_USER.passwordPending)) {
                there.pendingPasswords().add(name);
            }
        }
        return found;
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

    /** What puts a project's users in place of those that the registry has. */
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
