package org.citustenancy.spring.properties;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The entities that a project alone has.
 *
 * @param packages the packages of its entities; if set, the project has an EntityManagerFactory of its own
 * @param properties properties of that factory, by name, which override those of spring.jpa
 */
public record ProjectJpaProperties(
        @DefaultValue List<String> packages, @DefaultValue Map<String, String> properties) {}
