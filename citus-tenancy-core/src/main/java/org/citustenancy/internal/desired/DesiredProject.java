package org.citustenancy.internal.desired;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.NodeAuthentication;

/**
 * The desired state of a project. Absent values are left unchanged.
 *
 * @param name the database's name
 * @param users the users by name, including the owner
 * @param connectionLimit how many sessions the project may have on a node at a time; -1 for no limit
 * @param settings the database's settings by name
 * @param extensions the extensions besides {@code citus}
 * @param distribution the rules for the distribution of the tables; rules without a decision remove those of an earlier
 *     request
 * @param nodeAuthentication how nodes authenticate the project's users from other nodes
 * @param adopt whether a database of this name that the registry does not contain may be adopted
 */
public record DesiredProject(
        String name,
        Map<String, DesiredUser> users,
        OptionalInt connectionLimit,
        SortedMap<String, DesiredSetting> settings,
        SortedSet<String> extensions,
        Optional<DistributionRules> distribution,
        NodeAuthentication nodeAuthentication,
        boolean adopt) {

    /** Copies the collections and checks that they are consistent. */
    public DesiredProject {
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        extensions = Collections.unmodifiableSortedSet(new TreeSet<>(extensions));
        List<String> owners = users.values().stream()
                .filter(user -> user.level() == AccessLevel.OWNER)
                .map(DesiredUser::name)
                .toList();
        if (owners.size() > 1) {
            throw new ConflictException(Failure.of(
                            "The project \"" + name + "\" was given more than one owner: " + String.join(", ", owners))
                    .fix("name one with withUser, and the others with withReadWriteUser or withReadOnlyUser"));
        }
    }

    /**
     * Returns a project with only a name.
     *
     * @return a project to be completed with the other methods
     */
    public static DesiredProject named(String name) {
        return new DesiredProject(
                name,
                Map.of(),
                OptionalInt.empty(),
                new TreeMap<>(),
                new TreeSet<>(),
                Optional.empty(),
                NodeAuthentication.DETECT,
                false);
    }

    /**
     * Returns the user who owns the project.
     *
     * @return the owner, absent if the request leaves it unchanged
     */
    public Optional<DesiredUser> owner() {
        return users.values().stream()
                .filter(user -> user.level() == AccessLevel.OWNER)
                .findFirst();
    }

    /**
     * Returns the same project, with some users added or replaced.
     *
     * @param changed these users
     */
    public DesiredProject withUsers(Collection<DesiredUser> changed) {
        Map<String, DesiredUser> all = new LinkedHashMap<>(users);
        changed.forEach(user -> all.put(user.name(), user));
        return withAllUsers(all);
    }

    /**
     * Returns the same project with other users.
     *
     * @param all all of them, by name
     */
    public DesiredProject withAllUsers(Map<String, DesiredUser> all) {
        return new DesiredProject(
                name, all, connectionLimit, settings, extensions, distribution, nodeAuthentication, adopt);
    }

    /**
     * Returns the same project with another connection limit.
     *
     * @param limit how many sessions it may have, absent to leave it unchanged
     */
    public DesiredProject withConnectionLimit(OptionalInt limit) {
        return new DesiredProject(name, users, limit, settings, extensions, distribution, nodeAuthentication, adopt);
    }

    /**
     * Returns the same project with other settings.
     *
     * @param all all of them, by name
     */
    public DesiredProject withSettings(SortedMap<String, DesiredSetting> all) {
        return new DesiredProject(
                name, users, connectionLimit, all, extensions, distribution, nodeAuthentication, adopt);
    }

    /**
     * Returns the same project with other extensions.
     *
     * @param all all of them
     */
    public DesiredProject withExtensions(SortedSet<String> all) {
        return new DesiredProject(name, users, connectionLimit, settings, all, distribution, nodeAuthentication, adopt);
    }

    /**
     * Returns the same project with other rules for the distribution of its tables.
     *
     * @param rules the rules, absent to leave them unchanged
     */
    public DesiredProject withDistribution(Optional<DistributionRules> rules) {
        return new DesiredProject(name, users, connectionLimit, settings, extensions, rules, nodeAuthentication, adopt);
    }

    /**
     * Returns the same project with another authentication between nodes.
     *
     * @param way how nodes authenticate its users
     */
    public DesiredProject withNodeAuthentication(NodeAuthentication way) {
        return new DesiredProject(name, users, connectionLimit, settings, extensions, distribution, way, adopt);
    }

    /** Returns the same project under another name. */
    public DesiredProject called(String other) {
        return new DesiredProject(
                other, users, connectionLimit, settings, extensions, distribution, nodeAuthentication, adopt);
    }

    /** Returns the same project, which may adopt an existing database. */
    public DesiredProject adopting() {
        return new DesiredProject(
                name, users, connectionLimit, settings, extensions, distribution, nodeAuthentication, true);
    }

    /** Returns the same project without the users that leave it. */
    public DesiredProject withoutLeaving() {
        Map<String, DesiredUser> all = new LinkedHashMap<>();
        staying().forEach(user -> all.put(user.name(), user));
        return withAllUsers(all);
    }

    /**
     * Returns the part of the desired state that the registry stores.
     *
     * @return a copy without passwords, and without what is only used during the request
     */
    public DesiredProject forTheRegistry() {
        Map<String, DesiredUser> all = new LinkedHashMap<>();
        users.values().forEach(user -> all.put(user.name(), user.withoutPassword()));
        return new DesiredProject(
                name,
                all,
                connectionLimit,
                settings,
                extensions,
                distribution.filter(rules -> !rules.isEmpty()),
                nodeAuthentication,
                false);
    }

    /**
     * Returns this request combined with the earlier desired state: values that it leaves open keep their earlier
     * values.
     *
     * @param earlier the desired state in the registry
     * @return both combined
     * @throws ConflictException if it names another owner
     */
    public DesiredProject over(DesiredProject earlier) {
        checkSameOwner(earlier);
        checkOwnerStays(earlier);
        Map<String, DesiredUser> allUsers = new LinkedHashMap<>(earlier.users);
        allUsers.putAll(users);
        allUsers.values().removeIf(user -> !user.stays() && !earlier.users.containsKey(user.name()));
        SortedMap<String, DesiredSetting> allSettings = new TreeMap<>(earlier.settings);
        allSettings.putAll(settings);
        SortedSet<String> allExtensions = new TreeSet<>(earlier.extensions);
        allExtensions.addAll(extensions);
        return new DesiredProject(
                name,
                allUsers,
                connectionLimit.isPresent() ? connectionLimit : earlier.connectionLimit,
                allSettings,
                allExtensions,
                distribution.or(() -> earlier.distribution),
                nodeAuthentication == NodeAuthentication.DETECT ? earlier.nodeAuthentication : nodeAuthentication,
                adopt);
    }

    private void checkSameOwner(DesiredProject earlier) {
        Optional<String> before = earlier.owner().map(DesiredUser::name);
        Optional<String> now = owner().map(DesiredUser::name);
        if (before.isPresent() && now.isPresent() && !before.equals(now)) {
            throw new ConflictException(Failure.of("The project \"" + name + "\" is owned by \"" + before.get()
                            + "\", but was requested with the owner \"" + now.get() + "\"")
                    .fix("request it with its owner, or give \"" + now.get() + "\" another access level"));
        }
    }

    private void checkOwnerStays(DesiredProject earlier) {
        earlier.owner()
                .map(owner -> users.get(owner.name()))
                .filter(asked -> asked.level() != AccessLevel.OWNER)
                .ifPresent(asked -> {
                    throw new ConflictException(Failure.of("\"" + asked.name() + "\" owns the project \"" + name
                                    + "\" and cannot be made " + asked.level().word() + " in it")
                            .state("nothing was changed")
                            .fix("leave the owner as it is, or drop the project"));
                });
    }

    /**
     * Returns the users that have access.
     *
     * @return all except those that leave
     */
    public Stream<DesiredUser> staying() {
        return users.values().stream().filter(DesiredUser::stays);
    }

    /**
     * Returns the names of the users.
     *
     * @return in the order of the request
     */
    public List<String> userNames() {
        return new ArrayList<>(users.keySet());
    }
}
