package org.citustenancy.internal.statistics;

import static org.citustenancy.internal.sql.catalog.RegistryContents.REGISTRY_CONTENTS;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RegistryContentsStatements;
import org.citustenancy.statistics.ProjectContents;
import org.citustenancy.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last known contents of projects that are suspended. They are read just before a project is suspended, because a
 * look inside would wake it.
 */
public final class LastContents {

    private static final Logger LOG = LoggerFactory.getLogger(LastContents.class);

    private LastContents() {}

    /**
     * Reads the contents of a project, if every node answers. A failure does not stop the suspension.
     *
     * @param session a session in the project's database
     */
    public static Optional<ProjectContents> read(Session session, String project, Topology topology) {
        ContentsReader reader = new ContentsReader(project, topology.citus());
        try {
            return Optional.of(reader.read(
                    session,
                    new SurveyAnswers<>(BatchQueryExecutor.ask(session, topology, reader.question()), List.of())));
        } catch (OperationInterruptedException ended) {
            throw ended;
        } catch (CitusTenancyException failure) {
            LOG.debug("The contents of \"{}\" could not be read", project, failure);
            return Optional.empty();
        }
    }

    /**
     * Saves the contents of projects, if the registry can be written.
     *
     * @param maintenance a session in the maintenance database
     */
    public static void save(Session maintenance, Map<String, ProjectContents> contents) {
        try {
            // An older registry stays as it is, because other processes may have an earlier library.
            if (ProjectRegistry.hasContents(maintenance)) {
                contents.forEach((project, last) -> maintenance.execute(ContentsEncoding.save(project, last)));
            }
        } catch (OperationInterruptedException ended) {
            throw ended;
        } catch (CitusTenancyException failure) {
            LOG.debug("The contents of {} could not be saved", contents.keySet(), failure);
        }
    }

    /**
     * Returns the saved contents by project, none from a registry of an earlier library.
     *
     * @param maintenance a session in the maintenance database
     */
    static Map<String, ProjectContents> all(Session maintenance) {
        Map<String, ProjectContents> contents = new HashMap<>();
        if (ProjectRegistry.hasContents(maintenance)) {
            maintenance
                    .fetch(RegistryContentsStatements.all())
                    .forEach(row -> contents.put(row.get(REGISTRY_CONTENTS.project), ContentsEncoding.read(row)));
        }
        return contents;
    }
}
