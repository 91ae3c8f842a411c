package org.citustenancy.test;

import javax.sql.DataSource;
import org.citustenancy.Project;

/** A preparation that runs a function. */
record FunctionPreparation(String fingerprint, Filling filling) implements Preparation {

    @Override
    public void prepare(Project project, DataSource owner) throws Exception {
        filling.fill(project, owner);
    }
}
