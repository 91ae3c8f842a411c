package org.citustenancy.test.junit;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.citustenancy.ClusterOptions;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.test.Preparation;
import org.citustenancy.test.TestDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.TestAbortedException;

/** The sources of this JVM: one for each name, on one cluster. They are closed after the last test. */
final class Sources implements AutoCloseable {

    private static final Namespace NAMESPACE = Namespace.create(Sources.class);

    private final TestedCluster cluster;
    private final Map<String, Source> byName = new HashMap<>();

    private Sources(TestedCluster cluster) {
        this.cluster = cluster;
    }

    static Sources of(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Sources.class, key -> new Sources(TestedCluster.find()), Sources.class);
    }

    ClusterOptions cluster() {
        return cluster.options();
    }

    TestDatabases source(CitusDatabase wanted) {
        Source source;
        synchronized (byName) {
            source = byName.computeIfAbsent(wanted.name(), name -> new Source(wanted.preparation()));
        }
        if (!source.preparation.equals(wanted.preparation())) {
            throw new InvalidRequestException(Failure.of("The test databases \"" + wanted.name()
                            + "\" are prepared by " + source.preparation.getName() + " and by "
                            + wanted.preparation().getName())
                    .state("nothing was touched")
                    .fix("give one of them another name"));
        }
        return source.opened(wanted);
    }

    @Override
    public void close() {
        try {
            close(byName.values().iterator());
        } finally {
            cluster.close();
        }
    }

    /** Closes all sources, even if closing one of them fails. */
    private static void close(Iterator<Source> sources) {
        if (sources.hasNext()) {
            try {
                sources.next().close();
            } finally {
                close(sources);
            }
        }
    }

    /** A source that is opened once. After a failure, each caller gets that failure. */
    private final class Source {

        private final Class<? extends Preparation> preparation;
        private @Nullable TestDatabases databases;
        private @Nullable CitusTenancyException failure;

        Source(Class<? extends Preparation> preparation) {
            this.preparation = preparation;
        }

        synchronized TestDatabases opened(CitusDatabase wanted) {
            if (failure != null) {
                throw new TestAbortedException(
                        "The test databases \"" + wanted.name()
                                + "\" are not there, as the first test that wanted one says",
                        failure);
            }
            if (databases == null) {
                try {
                    databases = TestDatabases.on(cluster.options())
                            .named(wanted.name())
                            .preparedBy(ReflectionSupport.newInstance(preparation))
                            .ahead(wanted.ahead())
                            .open();
                } catch (CitusTenancyException refused) {
                    failure = refused;
                    throw refused;
                }
            }
            return databases;
        }

        synchronized void close() {
            if (databases != null) {
                databases.close();
            }
        }
    }
}
