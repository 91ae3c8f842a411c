package org.citustenancy.test.internal.handover;

import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
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
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Offers databases to a Spring context that starts for a class of tests. JUnit keeps the objects of its
 * extensions in a store that other code cannot access, and Spring creates contexts for classes. For that reason both
 * use a static map of the JVM.
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
     * Offers databases until it is closed.
     *
     * @param tests the annotated class
     * @param database returns the database of the class, or takes another one if each test has its own
     * @return the offer, which must be closed after the last test of the class
     */
    public static Handover offer(Class<?> tests, Supplier<TestDatabase> database, Supplier<ClusterOptions> cluster) {
        Handover offered = new Handover(tests, database, cluster);
        OFFERED.put(tests, offered);
        return offered;
    }

    /**
     * Returns the offer for a class.
     *
     * @return its offer
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
     * Returns the class that has an annotation, itself or through another annotation: the class, or the class around a
     * nested one.
     *
     * @return the nearest
     */
    public static Optional<Class<?>> annotatedOf(Class<?> tests, Class<? extends Annotation> annotation) {
        return Stream.<Class<?>>iterate(tests, Objects::nonNull, Handover::outer)
                .filter(each -> AnnotationSupport.isAnnotated(each, annotation))
                .findFirst();
    }

    /** JUnit registers the extensions of a class for its inner classes, but not for its static ones. */
    private static @Nullable Class<?> outer(Class<?> tests) {
        return Modifier.isStatic(tests.getModifiers()) ? null : tests.getEnclosingClass();
    }

    /**
     * Returns the database of the class, or takes another one if each test has its own.
     *
     * @return a database
     */
    public TestDatabase database() {
        return database.get();
    }

    /**
     * Returns the options of the database's cluster.
     *
     * @return the options of the cluster
     */
    public ClusterOptions cluster() {
        return cluster.get();
    }

    /** Withdraws the offer. */
    @Override
    public void close() {
        OFFERED.remove(tests, this);
    }
}
