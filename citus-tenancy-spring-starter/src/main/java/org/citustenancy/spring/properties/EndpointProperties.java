package org.citustenancy.spring.properties;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The permitted operations of the endpoint citustenancy, in addition to reading.
 *
 * @param repair whether a POST to a project reconciles it with the configuration
 */
public record EndpointProperties(@DefaultValue("false") boolean repair) {}
