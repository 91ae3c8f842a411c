package org.citustenancy.test;

import javax.sql.DataSource;
import org.citustenancy.Project;

/** Some code as a preparation. */
record FunctionPreparation(String fingerprint, Filling filling) implements Preparation {

    @Override
    public void prepare(Project project, DataSource owner) throws Exception {
        filling.fill(project, owner);
    }
}
