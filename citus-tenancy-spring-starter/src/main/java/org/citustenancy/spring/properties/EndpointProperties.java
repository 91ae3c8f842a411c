package org.citustenancy.spring.properties;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the endpoint citustenancy may do beside telling of the projects.
 *
 * @param repair whether a POST to a project makes it what the configuration says
 */
public record EndpointProperties(@DefaultValue("false") boolean repair) {}
