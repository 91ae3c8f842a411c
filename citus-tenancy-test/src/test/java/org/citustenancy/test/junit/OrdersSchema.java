package org.citustenancy.test.junit;

import java.sql.Connection;
import java.sql.Statement;
import javax.sql.DataSource;
import org.citustenancy.Project;
import org.citustenancy.test.Preparation;

// begin tests-preparation
/** A distributed table. */
public final class OrdersSchema implements Preparation {

    @Override
    public String fingerprint() {
        return "one table"; // changes whenever prepare does
    }

    @Override
    public void prepare(Project project, DataSource owner) throws Exception {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table orders (id bigint primary key)");
        }
        project.tables().distribute("orders", "id");
    }
}
// end tests-preparation
