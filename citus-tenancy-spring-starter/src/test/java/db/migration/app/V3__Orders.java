package db.migration.app;

import java.sql.Statement;
import org.citustenancy.ProjectTables;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

// begin spring-migration
/** Orders, each on the node of its user. */
public class V3__Orders extends BaseJavaMigration {

    @Override
    public void migrate(Context context) throws Exception {
        try (Statement statement = context.getConnection().createStatement()) {
            statement.execute(
                    "create table orders (user_id bigint references users, id bigint, primary key (user_id, id))");
        }
        ProjectTables tables = ProjectTables.over(context.getConnection());
        tables.distribute("orders", "user_id", options -> options.colocatedWith("users"));
    }
}
// end spring-migration
