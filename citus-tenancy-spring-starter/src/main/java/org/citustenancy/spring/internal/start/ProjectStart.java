package org.citustenancy.spring.internal.start;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.spring.ProjectInitializer;
import org.citustenancy.spring.errors.ProjectsUnavailableException;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.spring.properties.StartMode;
import org.citustenancy.spring.properties.StartProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates or checks all projects before their beans are used, and retries failed projects. */
public final class ProjectStart implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectStart.class);

    private final List<ProjectDefinition> projects;
    private final ClusterConnection cluster;
    private final StartProperties properties;
    private final boolean once;
    private final ProjectAttempts attempts;
    private final Map<String, CitusTenancyException> failures = new ConcurrentHashMap<>();
    private final StartThreads threads;
    private final ScheduledExecutorService retries;
    private @Nullable Future<?> retrying;

    /**
     * Creates a start that has not begun.
     *
     * @param initializers initialize each project
     * @param once whether the application ends after one attempt, whatever its result
     */
    public ProjectStart(
            List<ProjectDefinition> projects,
            ClusterConnection cluster,
            StartProperties properties,
            List<ProjectInitializer> initializers,
            boolean once) {
        this.projects = List.copyOf(projects);
        this.cluster = cluster;
        this.properties = properties;
        this.once = once;
        this.threads = new StartThreads(cluster.options().parallelism());
        this.attempts = new ProjectAttempts(
                cluster,
                properties.mode(),
                !once && !properties.failFast(),
                withDeclaredTables(initializers, projects),
                threads);
        this.retries = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "citus-tenancy-retry");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static List<ProjectInitializer> withDeclaredTables(
            List<ProjectInitializer> initializers, List<ProjectDefinition> projects) {
        DeclaredTables tables = new DeclaredTables(projects);
        return tables.isEmpty()
                ? initializers
                : Stream.concat(initializers.stream(), Stream.of(tables)).toList();
    }

    /**
     * Processes all projects, several at a time.
     *
     * @return this
     * @throws CitusTenancyException if a project is unavailable and the application is configured to stop in that case
     */
    public ProjectStart run() {
        if (!once && properties.mode() != StartMode.NONE && properties.failFast() && !projects.isEmpty()) {
            cluster.get();
        }
        tryAll(projects);
        if (once || failures.isEmpty()) {
            return this;
        }
        if (properties.failFast()) {
            close();
            throw new ProjectsUnavailableException(new TreeMap<>(failures));
        }
        failures.forEach((project, failure) -> LOG.warn(
                "Project {} is unavailable; the next attempt is in {}: {}",
                project,
                properties.retryEvery(),
                failure.getMessage()));
        long pause = properties.retryEvery().toMillis();
        retrying = retries.scheduleWithFixedDelay(this::retry, pause, pause, TimeUnit.MILLISECONDS);
        return this;
    }

    /**
     * Returns the failure of a project.
     *
     * @return empty if it is ready
     */
    public Optional<CitusTenancyException> failure(String project) {
        return Optional.ofNullable(failures.get(project));
    }

    /**
     * Returns why a project must not be used yet: its initializers, such as migrations, have failed or could not run. Once
     * they have ended without a failure, the project may be used until the application ends.
     *
     * @return empty if it may be used; its data source may still fail
     */
    public Optional<Failure> refusal(String project) {
        return attempts.isInitialized(project)
                ? Optional.empty()
                : failure(project)
                        .map(CitusTenancyException::failure)
                        .map(failure -> failure.state("the starter tries again every " + properties.retryEvery()));
    }

    /** Returns the interval between attempts after a failure. */
    public Duration retryEvery() {
        return properties.retryEvery();
    }

    private void retry() {
        try {
            tryAll(projects.stream()
                    .filter(project -> failures.containsKey(project.key()))
                    .toList());
            if (failures.isEmpty()) {
                retries.shutdown();
            }
        } catch (OperationInterruptedException closing) {
            LOG.debug("The application ends while projects are tried again", closing);
        } catch (RuntimeException | Error failure) {
            // An exception that leaves this method would silently end the retries.
            LOG.error("Projects cannot be tried again now: {}", failures.keySet(), failure);
        }
    }

    private void tryAll(List<ProjectDefinition> some) {
        Map<String, CitusTenancyException> failed = attempts.run(some);
        failures.putAll(failed);
        for (ProjectDefinition project : some) {
            if (!failed.containsKey(project.key()) && failures.remove(project.key()) != null) {
                LOG.info("The project {} is ready now", project.key());
            }
        }
    }

    /** Stops retrying. */
    @Override
    public void close() {
        if (retrying != null) {
            retrying.cancel(true);
        }
        retries.shutdownNow();
        threads.close();
    }
}
