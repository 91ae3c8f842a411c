package org.citustenancy.internal.statistics;

import static org.citustenancy.internal.sql.catalog.RegistryContents.REGISTRY_CONTENTS;

import java.util.HashMap;
import java.util.Map;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.internal.provisioning.Cluster;
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

    private final Cluster cluster;

    /** Creates the contents of a cluster's projects. */
    public LastContents(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Reads the contents of a project, and saves them if every node answers. A failure does not stop the suspension. */
    public void read(String project, Topology topology, QueryLimits limits) {
        ContentsReader reader = new ContentsReader(project, topology.citus());
        NodeSurvey survey = limits.survey(cluster, project);
        try (Session session = survey.open()) {
            save(project, reader.read(session, survey.ask(session, topology, reader.question())));
        } catch (OperationInterruptedException ended) {
            throw ended;
        } catch (CitusTenancyException failure) {
            LOG.debug("The contents of \"{}\" could not be read", project, failure);
        }
    }

    /** Saves the contents of a project, if every node has answered and the registry can be written. */
    void save(String project, ProjectContents contents) {
        if (!contents.unanswered().isEmpty()) {
            return;
        }
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            // An older registry stays as it is, because other processes may have an earlier library.
            if (ProjectRegistry.hasContents(maintenance)) {
                maintenance.execute(ContentsEncoding.save(project, contents));
            }
        } catch (OperationInterruptedException ended) {
            throw ended;
        } catch (CitusTenancyException failure) {
            LOG.debug("The contents of \"{}\" could not be saved", project, failure);
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
