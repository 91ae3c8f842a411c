package org.citustenancy.test.junit;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The fields that hold the database of one test until the test ends. Tests that run at the same time on one instance
 * cannot both have their database in a field, so the second one fails.
 */
final class InjectedFields implements AutoCloseable {

    private static final Namespace NAMESPACE = Namespace.create(InjectedFields.class);

    private final Set<Place> ofAllTests;
    private final List<Place> ofTest = new ArrayList<>();

    private InjectedFields(Set<Place> ofAllTests) {
        this.ofAllTests = ofAllTests;
    }

    /** Returns the fields of a test. JUnit closes them at the end of the test. */
    static InjectedFields of(ExtensionContext test) {
        Fields all = test.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Fields.class, key -> new Fields(ConcurrentHashMap.newKeySet()), Fields.class);
        return test.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        List.of(InjectedFields.class, test.getUniqueId()),
                        key -> new InjectedFields(all.places()),
                        InjectedFields.class);
    }

    /** Sets a field that is null. */
    void set(Object instance, Field field, Supplier<Object> value) throws IllegalAccessException {
        Place place = new Place(instance, field);
        boolean isNull = field.get(instance) == null;
        if (isNull ? !ofAllTests.add(place) : ofAllTests.contains(place)) {
            throw new InvalidRequestException(
                    Failure.of("The field " + field.getDeclaringClass().getSimpleName() + "." + field.getName()
                                    + " holds the database of another test, which runs at the same time on the same"
                                    + " instance")
                            .state("the other test goes on")
                            .fix("take it as a parameter of each test, or do not run the tests of an instance"
                                    + " concurrently"));
        }
        if (isNull) {
            ofTest.add(place);
            field.set(instance, value.get());
        }
    }

    /** Makes the fields null for the next test. */
    @Override
    public void close() throws IllegalAccessException {
        for (Place place : ofTest) {
            place.field().set(place.instance(), null);
            ofAllTests.remove(place);
        }
    }

    private record Fields(Set<Place> places) {}

    /** A field of one object, whose class may have its own idea of equality. */
    private record Place(Object instance, Field field) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Place place && place.instance == instance && place.field.equals(field);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(instance) + field.hashCode();
        }
    }
}
