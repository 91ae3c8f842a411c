package org.citustenancy.spring.errors;

import java.util.List;
import java.util.stream.Collectors;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;

/** The configuration cannot be worked with. The cluster was not asked. */
public final class InvalidPropertiesException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    private final transient List<InvalidProperty> properties;

    /**
     * An exception for everything that was found.
     *
     * @param properties at least one
     */
    public InvalidPropertiesException(List<InvalidProperty> properties) {
        super(
                Failure.of(properties.stream().map(InvalidProperty::toString).collect(Collectors.joining("; ")))
                        .fix(properties.stream()
                                .map(InvalidProperty::action)
                                .distinct()
                                .collect(Collectors.joining("; "))),
                null);
        this.properties = List.copyOf(properties);
    }

    /**
     * What is wrong.
     *
     * @return an immutable list
     */
    public List<InvalidProperty> properties() {
        return properties;
    }
}
