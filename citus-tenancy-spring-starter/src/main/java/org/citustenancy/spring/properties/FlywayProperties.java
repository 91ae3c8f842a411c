package org.citustenancy.spring.properties;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the projects' migrations are run, where Flyway is on the class path.
 *
 * @param enabled whether they are run
 * @param locations where they are; {project} stands for the project's key
 */
public record FlywayProperties(
        @DefaultValue("true") boolean enabled,

        @DefaultValue({"classpath:db/migration/common", "classpath:db/migration/{project}"})
        List<String> locations) {}
