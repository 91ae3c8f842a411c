package org.citustenancy.internal.observing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.tables.TableName;

/**
 * The privileges inside a project's database that a node reports. A table's name includes its shards on the node.
 *
 * @param relations the relations
 * @param onRelations the users' privileges on whole relations, by relation and user
 * @param onColumns the users' privileges on columns, by relation, user and column
 * @param columns the columns of the tables in question
 * @param schemas the schemas
 * @param onNewObjects the users' default privileges on new objects
 * @param owners the users that own something
 * @param functions the roles that may execute functions that PUBLIC must not execute
 */
public record ObservedPrivileges(
        Map<TableName, Relation> relations,
        Map<TableName, Map<String, List<Held>>> onRelations,
        Map<TableName, Map<String, Map<String, List<Held>>>> onColumns,
        Map<TableName, Set<String>> columns,
        Map<String, Schema> schemas,
        Map<NewObjects, Set<String>> onNewObjects,
        Set<String> owners,
        ObservedFunctions functions) {

    /**
     * A table, view or sequence.
     *
     * @param sequence whether it is a sequence
     * @param owner the role that owns it
     * @param parts how many relations it is on the node: itself and its shards
     */
    public record Relation(boolean sequence, String owner, int parts) {}

    /**
     * A set of privileges, and the number of parts of a relation on which it is held.
     *
     * @param privileges the privileges
     * @param parts how many parts
     */
    public record Held(Set<String> privileges, int parts) {}

    /**
     * A schema.
     *
     * @param owner the role that owns it
     * @param privileges the privileges of users, and of PUBLIC under the empty name
     */
    public record Schema(String owner, Map<String, Set<String>> privileges) {

        /**
         * Returns the privileges of a role on the schema.
         *
         * @param role a user, or the empty name for PUBLIC
         * @return the privileges
         */
        public Set<String> of(String role) {
            return privileges.getOrDefault(role, Set.of());
        }
    }

    /**
     * Objects that do not exist yet.
     *
     * @param creator the role that will create them
     * @param schema the schema, empty for any schema
     * @param kind the kind of object, in the plural
     * @param role the role that will get privileges on them
     */
    public record NewObjects(String creator, String schema, String kind, String role) {}

    /**
     * Returns a user's privileges on a relation as a whole.
     *
     * @return each different set with the number of parts
     */
    public List<Held> on(TableName relation, String user) {
        return onRelations.getOrDefault(relation, Map.of()).getOrDefault(user, List.of());
    }

    /**
     * Returns a user's privileges on columns of a relation.
     *
     * @return by column, each different set with the number of parts
     */
    public Map<String, List<Held>> onColumns(TableName relation, String user) {
        return onColumns.getOrDefault(relation, Map.of()).getOrDefault(user, Map.of());
    }
}
