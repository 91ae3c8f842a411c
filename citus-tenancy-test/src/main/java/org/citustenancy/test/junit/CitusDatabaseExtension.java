package org.citustenancy.test.junit;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.test.TestDatabase;
import org.citustenancy.test.internal.handover.Handover;
import org.citustenancy.test.internal.handover.RunningTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The JUnit extension of {@link CitusDatabase}. */
public final class CitusDatabaseExtension
        implements BeforeAllCallback,
                TestInstancePreConstructCallback,
                BeforeEachCallback,
                ParameterResolver,
                TestExecutionExceptionHandler {

    /** The system property that keeps the databases of all failed tests. */
    public static final String KEEP = "citustenancy.test.keep";

    private static final Namespace NAMESPACE = Namespace.create(CitusDatabaseExtension.class);

    /** Makes databases available to contexts of Spring, which only have the class of a test when they start. */
    @Override
    public void beforeAll(ExtensionContext context) {
        offer(context);
    }

    /** A constructor gets the database of the test that JUnit creates the instance for. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    /** The single instance for all tests of a class is created before {@link #beforeAll}. */
    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        offer(context);
        if (SpringInjection.constructs(factory.getTestClass())) {
            RunningTest test = runningTest(context);
            if (test != null) {
                SpringContexts.use(context, test);
            }
        }
    }

    private static void offer(ExtensionContext context) {
        Handover.annotatedOf(context.getRequiredTestClass(), CitusDatabase.class)
                .ifPresent(annotated -> classContext(context, annotated)
                        .getStore(NAMESPACE)
                        .getOrComputeIfAbsent(
                                List.of(Handover.class, annotated),
                                key -> Handover.offer(
                                        annotated,
                                        () -> databaseForStart(context, annotated),
                                        Sources.of(context)::cluster),
                                Handover.class));
    }

    /** A context starts on the database of its class, or on one of its own if each test has another. */
    private static TestDatabase databaseForStart(ExtensionContext context, Class<?> annotated) {
        CitusDatabase wanted = annotationOf(annotated);
        return wanted.scope() == CitusDatabase.Scope.CLASS
                ? database(context, annotated)
                : Sources.of(context).source(wanted).take();
    }

    /**
     * Sets the fields of an instance that are null. If each test has its own database, they are null again after the
     * test, because the next test may run on the same instance.
     */
    @Override
    public void beforeEach(ExtensionContext context) throws IllegalAccessException {
        InjectedFields injected = InjectedFields.of(context);
        boolean ofTest = annotation(context).scope() == CitusDatabase.Scope.TEST;
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            for (Field field : ReflectionSupport.findFields(
                    instance.getClass(), CitusDatabaseExtension::isWanted, HierarchyTraversalMode.TOP_DOWN)) {
                field.setAccessible(true);
                if (ofTest) {
                    injected.set(instance, field, () -> Handed.as(field.getType(), database(context)));
                } else if (field.get(instance) == null) {
                    field.set(instance, Handed.as(field.getType(), database(context)));
                }
            }
        }
    }

    private static boolean isWanted(Field field) {
        return Handed.has(field.getType())
                && !SpringInjection.wants(field)
                && !Modifier.isStatic(field.getModifiers())
                && !Modifier.isFinal(field.getModifiers());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == RunningTest.class || (Handed.has(type) && !SpringInjection.wants(parameter, context));
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == RunningTest.class) {
            // Spring's extension may come first, and start the context now.
            offer(context);
            return runningTest(context);
        }
        if (annotation(context).scope() == CitusDatabase.Scope.TEST
                && context.getTestMethod().isEmpty()) {
            Executable executable = parameter.getDeclaringExecutable();
            throw new InvalidRequestException(
                    Failure.of((executable instanceof Method ? executable.getName() : "The constructor") + " of "
                                    + context.getRequiredTestClass().getName()
                                    + " runs once, but each test has its own database")
                            .state("nothing was touched")
                            .fix("take the database in the tests or in @BeforeEach, or let the tests share one with"
                                    + " @CitusDatabase(scope = CitusDatabase.Scope.CLASS)"));
        }
        return Handed.as(parameter.getParameter().getType(), database(context));
    }

    /** Adds the connection of a kept database to the failure. */
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Held held = holder(context).getStore(NAMESPACE).get(annotated(context), Held.class);
        if (held == null || !(annotation(context).keepOnFailure() || Boolean.getBoolean(KEEP))) {
            throw failure;
        }
        throw new AssertionError(
                failure + "\nThe test's database is kept until the next run: "
                        + held.database().keep(),
                failure);
    }

    /** Returns the test whose database a Spring context must use, or null if code runs that has no database. */
    private static @Nullable RunningTest runningTest(ExtensionContext context) {
        boolean one = annotation(context).scope() == CitusDatabase.Scope.TEST;
        if (one && context.getTestMethod().isEmpty()) {
            return null;
        }
        return holder(context)
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        List.of(RunningTest.class, annotated(context)),
                        key -> new RunningTest(
                                context.getUniqueId(), one, () -> database(context), Sources.of(context)::cluster),
                        RunningTest.class);
    }

    private static TestDatabase database(ExtensionContext context) {
        return database(context, annotated(context));
    }

    private static TestDatabase database(ExtensionContext context, AnnotatedElement annotated) {
        CitusDatabase wanted = annotationOf(annotated);
        return holder(context, annotated)
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        annotated,
                        key -> new Held(Sources.of(context).source(wanted).take()),
                        Held.class)
                .database();
    }

    private static ExtensionContext holder(ExtensionContext context) {
        return holder(context, annotated(context));
    }

    /** Returns the context that holds the database: that of the test, or of the annotated class. */
    private static ExtensionContext holder(ExtensionContext context, AnnotatedElement annotated) {
        return annotationOf(annotated).scope() == CitusDatabase.Scope.TEST
                ? context
                : classContext(context, annotated instanceof Class<?> tests ? tests : annotatedClass(context));
    }

    /** Returns the context of the annotated class. */
    private static ExtensionContext classContext(ExtensionContext context, Class<?> annotated) {
        ExtensionContext holder = context;
        while (holder.getParent().filter(parent -> isWithin(parent, annotated)).isPresent()) {
            holder = holder.getParent().orElseThrow();
        }
        return holder;
    }

    private static boolean isWithin(ExtensionContext context, Class<?> annotated) {
        Class<?> each = context.getTestClass().orElse(null);
        while (each != null) {
            if (annotated.isAssignableFrom(each)) {
                return true;
            }
            each = each.getEnclosingClass();
        }
        return false;
    }

    private static CitusDatabase annotation(ExtensionContext context) {
        return annotationOf(annotated(context));
    }

    private static CitusDatabase annotationOf(AnnotatedElement annotated) {
        return AnnotationSupport.findAnnotation(annotated, CitusDatabase.class).orElseThrow();
    }

    /**
     * Returns the test, its class, or the enclosing class. Its context finds the values of enclosing contexts, because
     * stores delegate to their parents.
     */
    private static AnnotatedElement annotated(ExtensionContext context) {
        return context.getTestMethod()
                .filter(method -> AnnotationSupport.isAnnotated(method, CitusDatabase.class))
                .<AnnotatedElement>map(method -> method)
                .orElseGet(() -> annotatedClass(context));
    }

    private static Class<?> annotatedClass(ExtensionContext context) {
        Class<?> tests = context.getRequiredTestClass();
        return Handover.annotatedOf(tests, CitusDatabase.class)
                .orElseThrow(() -> new ExtensionConfigurationException("Neither " + tests.getName()
                        + " nor a class around it is annotated with @" + CitusDatabase.class.getSimpleName()));
    }

    /** A database that JUnit returns at the end of the test or the class. */
    private record Held(TestDatabase database) implements AutoCloseable {
        @Override
        public void close() {
            database.close();
        }
    }
}
