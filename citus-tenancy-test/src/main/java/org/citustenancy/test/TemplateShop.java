package org.citustenancy.test;

import java.sql.Connection;
import java.sql.SQLException;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectTemplate;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.test.internal.names.DatabaseNames;
import org.citustenancy.test.internal.pool.Copy;
import org.citustenancy.test.internal.pool.DatabaseFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates projects from the template, and opens their pools. */
record TemplateShop(CitusCluster cluster, ProjectTemplate template, DatabaseNames names, ProjectPools pools)
        implements DatabaseFactory {

    private static final Logger LOG = LoggerFactory.getLogger(TemplateShop.class);

    @Override
    public Copy make() {
        Project project = template.create(names.next());
        pools.register(project.connection(names.owner()));
        return new Copy(project);
    }

    @Override
    public Copy makeEntered() {
        Copy copy = make();
        try (Connection session = pools.dataSource(copy.name(), names.owner()).getConnection()) {
            LOG.debug("A session in \"{}\" waits for its test: {}", copy.name(), session);
        } catch (SQLException | RuntimeException failure) {
            LOG.debug("The first session in \"{}\" is left to its test", copy.name(), failure);
        }
        return copy;
    }

    @Override
    public void drop(Copy copy) {
        release(copy);
        copy.project().drop();
    }

    @Override
    public void release(Copy copy) {
        pools.unregister(copy.name());
    }
}
