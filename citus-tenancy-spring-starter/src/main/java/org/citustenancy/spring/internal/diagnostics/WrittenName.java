package org.citustenancy.spring.internal.diagnostics;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.origin.Origin;

/** A property as it is written, underscores and all, and where that is. Spring Boot's own text of a name leaves them out. */
record WrittenName(ConfigurationPropertyName name, @Nullable Origin origin) {

    static WrittenName of(ConfigurationProperty property) {
        return new WrittenName(property.getName(), property.getOrigin());
    }

    static WrittenName of(BindException failure) {
        ConfigurationProperty property = failure.getProperty();
        return property == null ? new WrittenName(failure.getName(), null) : of(property);
    }

    @Override
    public String toString() {
        String written = IntStream.range(0, name.getNumberOfElements())
                .mapToObj(element -> name.getElement(element, Form.ORIGINAL))
                .collect(Collectors.joining("."));
        return origin == null ? written : written + " (" + origin + ")";
    }
}
