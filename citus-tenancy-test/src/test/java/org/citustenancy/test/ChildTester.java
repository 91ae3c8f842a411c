package org.citustenancy.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.citustenancy.ClusterOptions;
import org.citustenancy.test.jooq.JooqContext;
import org.citustenancy.users.Secret;

/** Takes a test database and is killed with it. */
final class ChildTester {

    static final String READY = "has a database";

    private ChildTester() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (TestDatabases databases = TestDatabases.on(
                                ClusterOptions.of(arguments[0], "postgres", Secret.of(input.readLine())))
                        .named(arguments[1])
                        .preparedBy(TestDatabasesTest.schema())
                        .ahead(1)
                        .open();
                TestDatabase database = databases.take()) {
            JooqContext.of(database).execute("insert into country values (2, 'two')");
            System.out.println(READY);
            TimeUnit.MINUTES.sleep(10);
        }
    }
}
