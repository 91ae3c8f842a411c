package org.citustenancy.test;

import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.citustenancy.Project;
import org.citustenancy.test.internal.fingerprint.Digests;

/**
 * Prepares the initial content of every test database. It runs once for all of them, in a project of its own.
 *
 * <pre>{@code
 * Preparation.of("orders-7", (project, owner) -> {
 *     Flyway.configure().dataSource(owner).load().migrate();
 *     project.tables().distribute("orders", "customer_id");
 * })
 * }</pre>
 */
public interface Preparation {

    /**
     * Returns a text that changes whenever {@link #prepare} changes, so that the result of an earlier version is not
     * reused.
     *
     * @return any text
     */
    String fingerprint();

    /**
     * Prepares the project.
     *
     * @param project the project, for distributing tables
     * @param owner connections of its owner
     * @throws Exception any failure; the project is then dropped
     */
    void prepare(Project project, DataSource owner) throws Exception;

    /**
     * Combines this preparation with a subsequent one.
     *
     * @param next the subsequent preparation
     * @return both as one
     */
    default Preparation then(Preparation next) {
        return of(Digests.of(fingerprint()) + Digests.of(next.fingerprint()), (project, owner) -> {
            prepare(project, owner);
            next.prepare(project, owner);
        });
    }

    /** Fills a project. */
    @FunctionalInterface
    interface Filling {

        /**
         * Fills it.
         *
         * @param project the project
         * @param owner connections of its owner
         * @throws Exception any failure
         */
        void fill(Project project, DataSource owner) throws Exception;
    }

    /**
     * Creates a preparation from code and a text that changes when the code does.
     *
     * @param fingerprint the text
     * @param filling the code
     * @return a preparation
     */
    static Preparation of(String fingerprint, Filling filling) {
        return new FunctionPreparation(fingerprint, filling);
    }

    /**
     * Returns a preparation that does nothing: databases with Citus and without tables.
     *
     * @return a preparation
     */
    static Preparation none() {
        return of("none", (project, owner) -> {});
    }

    /**
     * Creates a preparation from an SQL script, which runs as the owner. Each statement,
     * {@code create_distributed_table} and the like included, runs in a transaction of its own unless the script
     * contains {@code begin}. The script is the fingerprint.
     *
     * @param script statements that end with semicolons
     * @return a preparation
     */
    static Preparation sql(String script) {
        return SqlScripts.ofText(script);
    }

    /**
     * Creates a preparation from SQL files, which run one after the other as {@link #sql} does. Their contents are the
     * fingerprint.
     *
     * @param first a file in UTF-8
     * @param more other files
     * @return a preparation
     * @throws org.citustenancy.errors.InvalidRequestException if a file cannot be read
     */
    static Preparation sqlFiles(Path first, Path... more) {
        return SqlScripts.ofFiles(first, List.of(more));
    }
}
