package org.citustenancy.spring.properties;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The read pools of projects, whose connections are distributed over all nodes.
 *
 * @param enabled whether read-only transactions of Spring use the read pool of their project
 * @param maxLag how far standbys may be behind that read pools use, at least 1s; by default read pools use primaries only
 */
public record ReadPoolProperties(
        @DefaultValue("false") boolean enabled, @Nullable Duration maxLag) {}
