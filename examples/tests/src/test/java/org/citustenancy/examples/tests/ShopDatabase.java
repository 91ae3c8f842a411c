package org.citustenancy.examples.tests;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.citustenancy.Project;
import org.citustenancy.test.Preparation;

// begin suite-preparation
/** What every test's database begins with: the application's own schema, distributed, and two products. */
public final class ShopDatabase implements Preparation {

    private final Preparation schema = Preparation.sqlFiles(Path.of("src/main/resources/schema.sql"))
            .then(Preparation.sql("insert into products values (1, 250), (2, 1000)"));

    @Override
    public String fingerprint() {
        return schema.fingerprint()
                + "products everywhere, orders by customer"; // changes with the files, and with prepare
    }

    @Override
    public void prepare(Project project, DataSource owner) throws Exception {
        schema.prepare(project, owner);
        if (Citus.isIn(owner)) {
            project.tables().reference("products");
            project.tables().distribute("orders", "customer");
        }
    }
}
// end suite-preparation
