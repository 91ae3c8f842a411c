package org.citustenancy.spring.internal.start;

import java.util.Map;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Lets an application that runs a job start without a web server, and create only the beans that the job needs. Runs after
 * the configuration files are read.
 */
public final class JobEnvironment implements EnvironmentPostProcessor, Ordered {

    /** The property that names the job. */
    public static final String PROPERTY = CitusTenancyProperties.PREFIX + ".job";

    /** Returns whether the application runs a job. */
    public static boolean hasJob(Environment environment) {
        return !environment.getProperty(PROPERTY, "").isBlank();
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (hasJob(environment)) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            PROPERTY,
                            Map.of(
                                    "spring.main.web-application-type", "none",
                                    "spring.main.lazy-initialization", "true")));
        }
    }
}
