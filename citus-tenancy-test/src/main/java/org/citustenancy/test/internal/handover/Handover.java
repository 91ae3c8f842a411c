package org.citustenancy.test.internal.handover;

import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.citustenancy.ClusterOptions;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.test.TestDatabase;

/**
 * The database of a class of tests, for code that knows only the class of a test. JUnit keeps what its extensions have
 * in a store that other code cannot ask, and Spring makes contexts for classes; so they meet in what the JVM has once.
 */
public final class Handover implements AutoCloseable {

    private static final Map<Class<?>, Handover> OFFERED = new ConcurrentHashMap<>();

    private final Class<?> tests;
    private final Supplier<TestDatabase> database;
    private final Supplier<ClusterOptions> cluster;

    private Handover(Class<?> tests, Supplier<TestDatabase> database, Supplier<ClusterOptions> cluster) {
        this.tests = tests;
        this.database = database;
        this.cluster = cluster;
    }

    /**
     * Offers a database until it is closed.
     *
     * @param tests the class whose tests share it
     * @param database takes the database at the first request
     * @return the offer, to be closed after the last test of the class
     */
    public static Handover offer(Class<?> tests, Supplier<TestDatabase> database, Supplier<ClusterOptions> cluster) {
        Handover offered = new Handover(tests, database, cluster);
        OFFERED.put(tests, offered);
        return offered;
    }

    /**
     * What was offered for a class.
     *
     * @return what its tests share
     */
    public static Handover of(Class<?> tests) {
        Handover offered = OFFERED.get(tests);
        if (offered == null) {
            throw new InvalidRequestException(Failure.of("The database of " + tests.getName()
                            + " is requested before JUnit begins with that class, or after it ends")
                    .state("nothing")
                    .fix("write @CitusDatabase before other annotations of the class that need the database"));
        }
        return offered;
    }

    /**
     * The class, or the one around it, that has an annotation.
     *
     * @return the nearest
     */
    public static Optional<Class<?>> annotatedOf(Class<?> tests, Class<? extends Annotation> annotation) {
        return Stream.<Class<?>>iterate(tests, Objects::nonNull, Class::getEnclosingClass)
                .filter(each -> each.isAnnotationPresent(annotation))
                .findFirst();
    }

    /**
     * The database.
     *
     * @return the same each time
     */
    public TestDatabase database() {
        return database.get();
    }

    /**
     * Where it is.
     *
     * @return how the cluster is reached
     */
    public ClusterOptions cluster() {
        return cluster.get();
    }

    /** Offers it no more. */
    @Override
    public void close() {
        OFFERED.remove(tests, this);
    }
}
