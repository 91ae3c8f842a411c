package org.citustenancy.test.junit;

import javax.sql.DataSource;
import org.citustenancy.Project;
import org.citustenancy.test.Preparation;

/** No preparation: databases with Citus and without tables. */
public final class NoPreparation implements Preparation {

    @Override
    public String fingerprint() {
        return Preparation.none().fingerprint();
    }

    /** Does nothing. */
    @Override
    public void prepare(Project project, DataSource owner) {
        // Nothing to prepare.
    }
}
