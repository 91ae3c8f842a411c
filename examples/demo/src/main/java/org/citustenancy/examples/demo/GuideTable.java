package org.citustenancy.examples.demo;

import java.util.List;
import java.util.function.Function;
import org.citustenancy.ProjectTables;
import org.citustenancy.tables.TableChange;

/**
 * A table of the guide.
 *
 * @param name its name
 * @param definition the statement that creates it
 * @param placement its distribution over the nodes
 */
record GuideTable(String name, String definition, Function<ProjectTables, TableChange> placement) {

    /** Returns the tables of a shop: each user's orders are on the user's node, and every node has the products. */
    static List<GuideTable> shop() {
        return List.of(
                new GuideTable("users", """
                        CREATE TABLE users (
                            id bigserial PRIMARY KEY,
                            name text NOT NULL,
                            email text NOT NULL
                        )""", tables -> tables.distribute("users", "id")),
                new GuideTable("products", """
                        CREATE TABLE products (
                            id bigint PRIMARY KEY,
                            name text NOT NULL,
                            price numeric(10, 2) NOT NULL
                        )""", tables -> tables.reference("products")),
                new GuideTable(
                        "orders",
                        """
                        CREATE TABLE orders (
                            id bigserial,
                            user_id bigint NOT NULL,
                            product_id bigint NOT NULL,
                            quantity integer NOT NULL,
                            PRIMARY KEY (user_id, id)
                        )""",
                        tables -> tables.distribute("orders", "user_id", options -> options.colocatedWith("users"))));
    }

    /**
     * Returns the tables of events and metrics: each session's events are on one node, and so are the values of each
     * metric.
     */
    static List<GuideTable> analytics() {
        return List.of(
                new GuideTable("events", """
                        CREATE TABLE events (
                            id bigserial,
                            session_id bigint NOT NULL,
                            kind text NOT NULL,
                            happened_at timestamptz NOT NULL,
                            PRIMARY KEY (session_id, id)
                        )""", tables -> tables.distribute("events", "session_id")),
                new GuideTable("metrics", """
                        CREATE TABLE metrics (
                            name text,
                            measured_at timestamptz,
                            value double precision NOT NULL,
                            PRIMARY KEY (name, measured_at)
                        )""", tables -> tables.distribute("metrics", "name")));
    }
}
