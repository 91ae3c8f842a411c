package org.citustenancy.spring.properties;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The projects' migrations, if Flyway is on the class path.
 *
 * @param enabled whether migrations run
 * @param locations the locations of the migrations; {project} is replaced by the project's key
 */
public record FlywayProperties(
        @DefaultValue("true") boolean enabled,

        @DefaultValue({"classpath:db/migration/common", "classpath:db/migration/{project}"})
        List<String> locations) {}
