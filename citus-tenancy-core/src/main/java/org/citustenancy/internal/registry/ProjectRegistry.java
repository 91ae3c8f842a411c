package org.citustenancy.internal.registry;

import static org.citustenancy.internal.sql.catalog.RegistryProject.REGISTRY_PROJECT;
import static org.citustenancy.internal.sql.catalog.RegistryUser.REGISTRY_USER;
import static org.citustenancy.internal.sql.catalog.RegistryVersion.REGISTRY_VERSION;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.sql.RegistryOutlineStatements;
import org.citustenancy.internal.sql.RegistryPasswordStatements;
import org.citustenancy.internal.sql.RegistryQueries;
import org.citustenancy.internal.sql.RegistryStatements;
import org.citustenancy.internal.sql.RegistryUserStatements;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.users.AccessLevel;

/** Reads and writes the registry, through a session in the maintenance database. */
public final class ProjectRegistry {

    /** undefined_table and invalid_schema_name. */
    private static final Set<String> NOT_THERE = Set.of("42P01", "3F000");

    private final Session session;
    private final String writerVersion;
    private final KnownRegistry known;

    /**
     * Creates the registry of a session.
     *
     * @param session a session in the maintenance database
     * @param writerVersion the version of the library that writes
     * @param known whether it was found before
     */
    public ProjectRegistry(Session session, String writerVersion, KnownRegistry known) {
        this.session = session;
        this.writerVersion = writerVersion;
        this.known = known;
    }

    /**
     * A project with its state.
     *
     * @param desired the desired state, without passwords
     * @param state its state
     * @param pendingPasswords the users whose generated password was not returned to a caller yet
     * @param fingerprint its fingerprint at the last complete observation, if any
     */
    public record Entry(
            DesiredProject desired, ProjectState state, Set<String> pendingPasswords, Optional<String> fingerprint) {

        /** Copies the set. */
        public Entry {
            pendingPasswords = Set.copyOf(pendingPasswords);
        }
    }

    /**
     * Ensures that the registry exists and can be written.
     *
     * @throws org.citustenancy.errors.CitusUnavailableException if a newer version of this library has created it
     */
    public void ensure() {
        if (!known.isCurrent()) {
            RegistrySchema.ensure(session);
            known.seen();
        }
    }

    /**
     * Checks whether the registry has a table for the last known contents of projects.
     *
     * @param session a session in the maintenance database
     */
    public static boolean hasContents(Session session) {
        return RegistrySchema.has(session, RegistryStatements.VERSION_OF_VERIFICATIONS);
    }

    /**
     * Finds a project.
     *
     * @return absent if it is not managed here
     */
    public Optional<Entry> find(String project) {
        return Optional.ofNullable(find(List.of(project)).get(project));
    }

    /**
     * Finds several projects, with as many statements as for one.
     *
     * @return those that are managed here, by name
     */
    public Map<String, Entry> find(Collection<String> projects) {
        return read(version -> RegistryQueries.entries(projects, writerVersion, version)).stream()
                .filter(ProjectRegistry::isOfProject)
                .map(RegisteredEntries::entry)
                .collect(Collectors.toMap(entry -> entry.desired().name(), entry -> entry));
    }

    /** Returns the rows of a query, none if there is no registry. */
    private List<? extends Record> read(IntFunction<ResultQuery<? extends Record>> query) {
        OptionalInt version =
                known.isCurrent() ? OptionalInt.of(RegistryStatements.VERSION) : RegistrySchema.version(session);
        if (version.isEmpty()) {
            return List.of();
        }
        try {
            List<? extends Record> rows = session.fetch(query.apply(version.getAsInt()));
            rows.stream()
                    .findFirst()
                    .ifPresent(row -> RegistrySchema.refuseNewer(session, row.get(REGISTRY_VERSION.version)));
            return rows;
        } catch (ServerErrorException refused) {
            if (known.isCurrent() && NOT_THERE.contains(refused.sqlState())) {
                known.gone();
                return read(query);
            }
            throw refused;
        }
    }

    private static boolean isOfProject(Record row) {
        return row.get(REGISTRY_PROJECT.name) != null;
    }

    /**
     * Finds a project that must exist.
     *
     * @return its entry
     * @throws NotFoundException if it is not managed here
     */
    public Entry require(String project) {
        return find(project).orElseThrow(() -> notManaged(project));
    }

    /** Returns the exception for a project that is not managed here. */
    public NotFoundException notManaged(String project) {
        return new NotFoundException(Failure.of("No project \"" + project + "\" is managed here")
                .where(session.place())
                .fix("see projects() for those that are, or create it"));
    }

    /**
     * Returns all projects that are managed here.
     *
     * @return by name
     */
    public List<RegisteredProject> list() {
        return read(version -> RegistryQueries.projects()).stream()
                .filter(ProjectRegistry::isOfProject)
                .map(row -> registered(row, row.get(RegistryQueries.USERS)))
                .toList();
    }

    /**
     * Counts the projects that are managed here.
     *
     * @return their number
     */
    public int count() {
        return read(version -> RegistryQueries.count()).stream()
                .mapToInt(row -> row.get(RegistryQueries.COUNT))
                .sum();
    }

    private static RegisteredProject registered(Record row, List<? extends Record> users) {
        Integer limit = row.get(REGISTRY_PROJECT.connectionLimit);
        return new RegisteredProject(
                row.get(REGISTRY_PROJECT.name),
                ProjectState.of(row.get(REGISTRY_PROJECT.state)),
                users.stream()
                        .filter(user -> user.get(REGISTRY_USER.level).equals(AccessLevel.OWNER.word()))
                        .map(user -> user.get(REGISTRY_USER.name))
                        .findFirst(),
                users.stream().map(user -> user.get(REGISTRY_USER.name)).toList(),
                limit == null || limit < 0 ? OptionalInt.empty() : OptionalInt.of(limit),
                row.get(REGISTRY_PROJECT.createdAt).toInstant(),
                row.get(REGISTRY_PROJECT.changedAt).toInstant(),
                row.get(REGISTRY_PROJECT.writerVersion));
    }

    /** Returns the projects of a user. */
    public List<String> projectsOf(String user) {
        return list().stream()
                .filter(project -> project.users().contains(user))
                .map(RegisteredProject::name)
                .toList();
    }

    /**
     * Saves the desired state, without passwords and, once it is ready, without users that have left. Removes the
     * fingerprint.
     *
     * @param pendingPasswords the users whose generated password was not returned to a caller yet
     */
    public void save(DesiredProject desired, ProjectState state, Set<String> pendingPasswords) {
        List<Query> statements = new ArrayList<>();
        String name = desired.name();
        Integer limit = desired.connectionLimit().isPresent()
                ? desired.connectionLimit().getAsInt()
                : null;
        statements.add(RegistryStatements.save(
                name, state.word(), limit, desired.nodeAuthentication().name(), writerVersion));
        boolean ready = state == ProjectState.READY;
        statements.addAll(RegisteredUsers.write(ready ? desired.withoutLeaving() : desired, pendingPasswords));
        if (ready) {
            desired.users().values().stream()
                    .filter(user -> !user.stays())
                    .forEach(user -> statements.add(RegistryUserStatements.remove(name, user.name())));
            if (desired.users().values().stream().anyMatch(user -> !user.stays())) {
                statements.addAll(RegistryPasswordStatements.forgetUnused());
            }
        }
        desired.settings()
                .values()
                .forEach(setting ->
                        statements.add(RegistryStatements.saveSetting(name, setting.name(), setting.value())));
        desired.extensions().forEach(extension -> statements.add(RegistryStatements.saveExtension(name, extension)));
        statements.addAll(RegisteredRules.write(desired));
        statements.add(RegistryOutlineStatements.remove(name));
        ensure();
        session.executeTogether(statements);
    }

    /**
     * Writes, after it has ensured the registry again. The registry may have been removed since it was last ensured,
     * and only a read in between would have detected that.
     */
    private void write(Query statement) {
        ensure();
        session.execute(statement);
    }

    /**
     * Saves the fingerprint of a project that was just observed in its desired state, including its inside.
     *
     * @param fingerprint the fingerprint
     */
    public void saveFingerprint(String project, String fingerprint) {
        write(RegistryOutlineStatements.save(project, fingerprint, writerVersion));
    }

    /** Changes a project's state. */
    public void mark(String project, ProjectState state) {
        write(RegistryStatements.mark(project, state.word()));
    }

    /** Removes a project. */
    public void remove(String project) {
        List<Query> statements = new ArrayList<>(List.of(RegistryStatements.remove(project)));
        statements.addAll(RegistryPasswordStatements.forgetUnused());
        ensure();
        session.executeTogether(statements);
    }
}
