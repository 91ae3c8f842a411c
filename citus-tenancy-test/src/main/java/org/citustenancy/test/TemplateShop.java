package org.citustenancy.test;

import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectTemplate;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.test.internal.names.DatabaseNames;
import org.citustenancy.test.internal.pool.Copy;
import org.citustenancy.test.internal.pool.CopyShop;

/** Makes projects from the template, and knows their pools. */
record TemplateShop(CitusCluster cluster, ProjectTemplate template, DatabaseNames names, ProjectPools pools)
        implements CopyShop {

    @Override
    public Copy make() {
        Project project = template.create(names.next());
        pools.register(project.connection(names.owner()));
        return new Copy(project);
    }

    @Override
    public void drop(Copy copy) {
        release(copy);
        copy.project().drop();
    }

    @Override
    public void release(Copy copy) {
        pools.forget(copy.name());
    }
}
