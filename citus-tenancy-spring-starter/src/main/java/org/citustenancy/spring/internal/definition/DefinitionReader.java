package org.citustenancy.spring.internal.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.failover.FailoverOptions;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.spring.SecretSource;
import org.citustenancy.spring.errors.InvalidProperty;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.citustenancy.spring.properties.RequestProperties;
import org.citustenancy.spring.properties.StartMode;
import org.citustenancy.suspending.AutosuspendOptions;
import org.citustenancy.users.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Reads and checks the properties of all projects. */
public final class DefinitionReader {

    private static final String PROJECT = "{project}";

    private static final Duration SHORTEST_LAG = Duration.ofSeconds(1);

    private final CitusTenancyProperties properties;
    private final List<SecretSource> secrets;
    private final Map<ConfigurationPropertyName, InvalidProperty> unreadable;
    private final Optional<String> ownDataSource;

    /**
     * Creates a reader.
     *
     * @param properties the bound properties
     * @param secrets supply the passwords that the properties lack
     * @param unreadable the properties that could not be bound, and the reasons
     * @param ownDataSource the property with which Spring Boot defines a data source of the application
     */
    public DefinitionReader(
            CitusTenancyProperties properties,
            List<SecretSource> secrets,
            Map<ConfigurationPropertyName, InvalidProperty> unreadable,
            Optional<String> ownDataSource) {
        this.properties = properties;
        this.secrets = secrets;
        this.unreadable = unreadable;
        this.ownDataSource = ownDataSource;
    }

    /** Returns the key of the primary project: the named one, or the only one. Empty if the named one is unknown. */
    static Optional<String> primary(Set<String> keys, @Nullable String named) {
        if (named == null && keys.size() == 1) {
            return Optional.of(keys.iterator().next());
        }
        return Optional.ofNullable(named).filter(keys::contains);
    }

    /**
     * Returns the projects, for a cluster that the properties do not define.
     *
     * @throws org.citustenancy.spring.errors.InvalidPropertiesException if properties are invalid; lists all problems
     */
    public Definitions read() {
        return read(problems -> Optional.empty());
    }

    /**
     * Returns the projects and the cluster.
     *
     * @throws org.citustenancy.spring.errors.InvalidPropertiesException if properties are invalid; lists all problems
     */
    public Definitions readWithCluster() {
        return read(problems -> PropertiesConnectionDetails.read(problems, properties.cluster(), isAdminUsed()));
    }

    private boolean isAdminUsed() {
        return properties.start().mode() != StartMode.NONE
                || properties.failover().enabled()
                || properties.autosuspend().enabled();
    }

    private Definitions read(Function<Problems, Optional<PropertiesConnectionDetails>> clusterReader) {
        Problems problems = new Problems(unreadable);
        if (new LikeNames(problems).refuse(properties)) {
            // Further problems would be reported for both names.
            problems.orThrow();
        }
        Optional<PropertiesConnectionDetails> cluster = clusterReader.apply(problems);
        PoolSettings common =
                new PoolReader(problems).read(Problems.name("pool"), properties.pool(), PoolSettings.guide());
        List<ProjectDefinition> projects = new ArrayList<>();
        new TreeMap<>(properties.projects()).forEach((key, project) -> new ProjectReader(problems, secrets)
                .read(key, project, common)
                .ifPresent(projects::add));
        refuseSameName(problems, projects);
        refuseTwoPasswords(problems, projects);
        if (properties.primary() != null && !properties.projects().containsKey(properties.primary())) {
            problems.add(
                    Problems.name("primary"),
                    "is \"" + properties.primary() + "\", which is no project",
                    "name one of " + properties.projects().keySet());
        }
        if (properties.primary() != null && ownDataSource.isPresent()) {
            problems.add(
                    Problems.name("primary"),
                    "is \"" + properties.primary() + "\", and " + ownDataSource.get()
                            + " defines the data source of beans without a qualifier, too",
                    "remove it, and inject the project's beans with @OfProject(\"" + properties.primary()
                            + "\"); or define the other data source as a bean");
        }
        ConnectionBudget budget = budget(problems);
        FailoverOptions failover = new FailoverReader(problems).read(properties.failover());
        AutosuspendOptions autosuspend = new AutosuspendReader(problems).read(properties.autosuspend());
        problems.requirePositive("cluster.deadline", properties.cluster().deadline());
        problems.requirePositive("start.retry-every", properties.start().retryEvery());
        if (properties.cluster().parallelism() < 1) {
            problems.add(
                    Problems.name("cluster.parallelism"),
                    "is " + properties.cluster().parallelism() + ", so that nothing would be done",
                    "give at least 1");
        }
        refuseHostWithoutProject(problems, properties.request());
        refuseShortLag(problems, properties.readPool().maxLag());
        problems.orThrow();
        return new Definitions(
                projects,
                primary(properties.projects().keySet(), properties.primary()),
                common,
                budget,
                failover,
                autosuspend,
                cluster);
    }

    private static void refuseHostWithoutProject(Problems problems, RequestProperties request) {
        if (request.from() == RequestProperties.Place.HOST && !request.host().contains(PROJECT)) {
            problems.add(
                    Problems.name("request.host"),
                    "is \"" + request.host() + "\", which leaves no place for a project",
                    "write " + PROJECT + " where the key is");
        }
    }

    private static void refuseShortLag(Problems problems, @Nullable Duration lag) {
        if (lag != null && lag.compareTo(SHORTEST_LAG) < 0) {
            problems.add(
                    Problems.name("read-pool.max-lag"),
                    "is " + lag + ", which is too short to be measured",
                    "give at least 1s, or leave it out to read from primaries");
        }
    }

    private ConnectionBudget budget(Problems problems) {
        Integer connections = properties.budget().connections();
        try {
            ConnectionBudget budget = connections == null
                    ? ConnectionBudget.unlimited()
                    : ConnectionBudget.of(connections)
                            .instances(properties.budget().instances());
            for (var project : properties.projects().entrySet()) {
                String database = project.getValue().database() == null
                        ? project.getKey()
                        : project.getValue().database();
                Integer guaranteed = project.getValue().budget().guaranteed();
                Integer limit = project.getValue().budget().limit();
                budget = limit == null ? budget : budget.limit(database, limit);
                budget = guaranteed == null ? budget : budget.guarantee(database, guaranteed);
            }
            return budget;
        } catch (InvalidRequestException impossible) {
            problems.add(
                    Problems.name("budget", "connections"),
                    "cannot be kept: " + impossible.failure().what(),
                    impossible.failure().fix());
            return ConnectionBudget.unlimited();
        }
    }

    private static void refuseSameName(Problems problems, List<ProjectDefinition> projects) {
        Map<String, String> keys = new HashMap<>();
        for (ProjectDefinition project : projects) {
            String other = keys.putIfAbsent(project.database(), project.key());
            if (other != null) {
                problems.add(
                        Problems.name("projects", project.key(), "database"),
                        "is \"" + project.database() + "\", which is that of the project \"" + other + "\" too",
                        "give each project a database of its own");
            }
        }
    }

    private static void refuseTwoPasswords(Problems problems, List<ProjectDefinition> projects) {
        Map<String, Secret> passwords = new HashMap<>();
        for (ProjectDefinition project : projects) {
            for (UserDefinition user : project.users()) {
                user.password().ifPresent(password -> {
                    Secret other = passwords.putIfAbsent(user.name(), password);
                    if (other != null && !other.equals(password)) {
                        problems.add(
                                Problems.name("projects", project.key(), "users"),
                                "has the user \"" + user.name() + "\" with another password than another project",
                                "a role has one password in all projects: give the same one, or name another user");
                    }
                });
            }
        }
    }
}
