package org.citustenancy.testing;

import org.citustenancy.embedded.EmbeddedCluster;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts one cluster for all tests of a JVM, or of a class, when the first needs it, and stops it after the last. */
final class SharedCluster implements BeforeEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedCluster.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        RequiresCluster requirement = context.getRequiredTestClass().getAnnotation(RequiresCluster.class);
        if (requirement != null && requirement.citus()) {
            TestCluster cluster = cluster(context);
            Assumptions.assumeTrue(
                    cluster.hasCitus(),
                    () -> "Citus is not available: "
                            + cluster.embedded().whyNoCitus().orElse("?"));
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cluster(context);
    }

    private static TestCluster cluster(ExtensionContext context) {
        return in(scope(context)).forTest(context.getTags());
    }

    /** The one of whatever is below a context. */
    static TestCluster in(ExtensionContext scope) {
        // A key of its own: a store also answers with what the stores above it hold.
        return scope.getStore(NAMESPACE)
                .getOrComputeIfAbsent(scope.getUniqueId(), key -> new Running(TestCluster.start()), Running.class)
                .cluster();
    }

    private static ExtensionContext scope(ExtensionContext context) {
        RequiresCluster requirement = context.getRequiredTestClass().getAnnotation(RequiresCluster.class);
        if (requirement == null || !requirement.ofItsOwn()) {
            return context.getRoot();
        }
        return context.getTestMethod().isPresent() ? context.getParent().orElseThrow() : context;
    }

    /** What JUnit closes after the last. */
    private record Running(TestCluster cluster) implements AutoCloseable {
        @Override
        public void close() {
            EmbeddedCluster embedded = cluster.embedded();
            embedded.close();
        }
    }
}
