package org.citustenancy.internal.observing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.tables.TableName;

/**
 * The privileges inside a project's database that a node reports. A table's name stands for its shards on the node too.
 *
 * @param relations the relations
 * @param onRelations what users were granted on whole relations, by relation and user
 * @param onColumns what users were granted on columns, by relation, user and column
 * @param columns the columns of the tables in question
 * @param schemas the schemas
 * @param onNewObjects what users will be granted on new objects
 * @param owners which users own something
 * @param functions who may execute functions that PUBLIC must not execute
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
     * @param owner who owns it
     * @param parts how many relations it is on the node: itself and its shards
     */
    public record Relation(boolean sequence, String owner, int parts) {}

    /**
     * A set of privileges, and how many parts of a relation it is held on.
     *
     * @param privileges the privileges
     * @param parts how many parts
     */
    public record Held(Set<String> privileges, int parts) {}

    /**
     * A schema.
     *
     * @param owner who owns it
     * @param privileges what users, and PUBLIC under the empty name, may do with it
     */
    public record Schema(String owner, Map<String, Set<String>> privileges) {

        /**
         * What a role may do with it.
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
     * @param creator who will create them
     * @param schema where, empty for anywhere
     * @param kind the kind of object, in the plural
     * @param role who will be granted something on them
     */
    public record NewObjects(String creator, String schema, String kind, String role) {}

    /**
     * What a user was granted on a relation as a whole.
     *
     * @return each different set with the number of parts
     */
    public List<Held> on(TableName relation, String user) {
        return onRelations.getOrDefault(relation, Map.of()).getOrDefault(user, List.of());
    }

    /**
     * What a user was granted on columns of a relation.
     *
     * @return by column, each different set with the number of parts
     */
    public Map<String, List<Held>> onColumns(TableName relation, String user) {
        return onColumns.getOrDefault(relation, Map.of()).getOrDefault(user, Map.of());
    }
}
