package org.citustenancy.spring.errors;

import java.util.List;
import java.util.stream.Collectors;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;

/** Thrown if the configuration is invalid. The starter has not queried the cluster. */
public final class InvalidPropertiesException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    private final transient List<InvalidProperty> properties;

    /**
     * Creates an exception for all problems.
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
     * Returns the invalid properties.
     *
     * @return an immutable list
     */
    public List<InvalidProperty> properties() {
        return properties;
    }
}
