package org.citustenancy.internal.planning;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.ObservedPrivileges.Relation;
import org.citustenancy.tables.TableName;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.TableGrant;
import org.citustenancy.users.TablePrivilege;

/** Defines the privileges of each access level. The table in the documentation is the same. */
public final class LevelRules {

    private static final Set<String> EVERYTHING_ON_TABLES =
            Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER");
    private static final Set<String> EVERYTHING_ON_SEQUENCES = Set.of("USAGE", "SELECT", "UPDATE");

    private LevelRules() {}

    /**
     * Returns the privileges of a level on the project's database. The project's owner does not own the database, and
     * gets by grants the privileges that an owner needs to work in it.
     *
     * @return privileges
     */
    public static Set<String> onDatabase(AccessLevel level) {
        return switch (level) {
            case OWNER -> Set.of("CREATE", "CONNECT", "TEMPORARY");
            case READ_WRITE, READ_ONLY, TABLES -> Set.of("CONNECT");
            case NONE -> Set.of();
        };
    }

    /**
     * Returns the privileges that a user has on a whole relation by a grant.
     *
     * @param name the relation's name
     * @return privileges by their names, none for an owner, who has all of them without a grant
     */
    public static Set<String> onRelation(DesiredUser user, TableName name, Relation relation) {
        if (user.name().equals(relation.owner())) {
            return Set.of();
        }
        return switch (user.level()) {
            case OWNER -> relation.sequence() ? EVERYTHING_ON_SEQUENCES : EVERYTHING_ON_TABLES;
            case READ_WRITE, READ_ONLY ->
                user.options().schemas().contains(name.schema())
                        ? onNew(user.level(), relation.sequence() ? "sequences" : "tables")
                        : Set.of();
            case TABLES -> relation.sequence() ? Set.of() : ofGrants(user, name);
            case NONE -> Set.of();
        };
    }

    private static Set<String> ofGrants(DesiredUser user, TableName name) {
        Set<String> privileges = new TreeSet<>();
        user.options().tables().stream()
                .filter(grant -> grant.table().equals(name) && grant.columns().isEmpty())
                .forEach(grant -> grant.privileges().forEach(privilege -> privileges.add(privilege.name())));
        return privileges;
    }

    /**
     * Returns the privileges that a user has on single columns of a relation.
     *
     * @param name the relation's name
     * @return privileges by column
     */
    public static Map<String, Set<String>> onColumns(DesiredUser user, TableName name) {
        Map<String, Set<String>> columns = new HashMap<>();
        for (TableGrant grant : user.options().tables()) {
            if (user.level() == AccessLevel.TABLES && grant.table().equals(name)) {
                for (String column : grant.columns()) {
                    Set<String> privileges = columns.computeIfAbsent(column, key -> new TreeSet<>());
                    grant.privileges().stream().map(TablePrivilege::name).forEach(privileges::add);
                }
            }
        }
        return columns;
    }

    /**
     * Returns the privileges that a level has on objects that the owner creates later.
     *
     * @param kind the kind of object, in the plural
     * @return privileges by their names
     */
    public static Set<String> onNew(AccessLevel level, String kind) {
        if (kind.equals("schemas")) {
            return level == AccessLevel.OWNER || level == AccessLevel.NONE ? Set.of() : Set.of("USAGE");
        }
        boolean tables = kind.equals("tables");
        return switch (level) {
            case READ_WRITE -> tables ? Set.of("SELECT", "INSERT", "UPDATE", "DELETE") : Set.of("USAGE", "SELECT");
            case READ_ONLY -> Set.of("SELECT");
            case OWNER, TABLES, NONE -> Set.of();
        };
    }
}
