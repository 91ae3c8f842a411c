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
     * The registry that a session sees.
     *
     * @param session a session in the maintenance database
     * @param writerVersion who writes
     * @param known whether it was seen before
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
     * @param pendingPasswords the users for whom a password was generated that was not handed out yet
     * @param outline its state as seen from outside at the last complete observation, if any
     */
    public record Entry(
            DesiredProject desired, ProjectState state, Set<String> pendingPasswords, Optional<String> outline) {

        /** Copies the set. */
        public Entry {
            pendingPasswords = Set.copyOf(pendingPasswords);
        }
    }

    /**
     * Makes sure that it is there, and can be written.
     *
     * @throws org.citustenancy.errors.CitusUnavailableException if a newer version of this library has made it
     */
    public void ensure() {
        if (!known.isCurrent()) {
            RegistrySchema.ensure(session);
            known.seen();
        }
    }

    /**
     * Looks a project up.
     *
     * @return absent if it is not managed here
     */
    public Optional<Entry> find(String project) {
        return Optional.ofNullable(find(List.of(project)).get(project));
    }

    /**
     * Looks several projects up, with as many statements as for one.
     *
     * @return those that are managed here, by name
     */
    public Map<String, Entry> find(Collection<String> projects) {
        return read(version -> version >= RegistryStatements.VERSION_OF_OUTLINES
                        ? RegistryQueries.entries(projects, writerVersion)
                        : RegistryQueries.entries(projects))
                .stream()
                .filter(ProjectRegistry::isOfProject)
                .map(RegisteredEntries::entry)
                .collect(Collectors.toMap(entry -> entry.desired().name(), entry -> entry));
    }

    /** The rows of a query, none where there is no registry. */
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
     * Looks a project up that must be there.
     *
     * @return what is known of it
     * @throws NotFoundException if it is not managed here
     */
    public Entry require(String project) {
        return find(project).orElseThrow(() -> notManaged(project));
    }

    /** What to throw where a project is not managed here. */
    public NotFoundException notManaged(String project) {
        return new NotFoundException(Failure.of("No project \"" + project + "\" is managed here")
                .where(session.place())
                .fix("see projects() for those that are, or create it"));
    }

    /**
     * All projects that are managed here.
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
     * How many projects are managed here.
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

    /** The projects in which a user is. */
    public List<String> projectsOf(String user) {
        return list().stream()
                .filter(project -> project.users().contains(user))
                .map(RegisteredProject::name)
                .toList();
    }

    /**
     * Writes the desired state. Passwords are not written, nor are users who have left, once it is ready. How it looks
     * from outside is forgotten.
     *
     * @param pendingPasswords the users for whom a password was generated that was not handed out yet
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
        statements.add(RegistryOutlineStatements.remove(name));
        ensure();
        session.executeTogether(statements);
    }

    /** It may be gone since it was ensured: what was read from it in between would have found that out. */
    private void write(Query statement) {
        ensure();
        session.execute(statement);
    }

    /**
     * Writes how a project looks from outside that was just seen in its desired state, inside too.
     *
     * @param outline what can be seen
     */
    public void saveOutline(String project, String outline) {
        write(RegistryOutlineStatements.save(project, outline, writerVersion));
    }

    /** Changes a project's state. */
    public void mark(String project, ProjectState state) {
        write(RegistryStatements.mark(project, state.word()));
    }

    /** Forgets a project. */
    public void remove(String project) {
        List<Query> statements = new ArrayList<>(List.of(RegistryStatements.remove(project)));
        statements.addAll(RegistryPasswordStatements.forgetUnused());
        ensure();
        session.executeTogether(statements);
    }
}
