package org.citustenancy.examples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the application. */
@SpringBootApplication(proxyBeanMethods = false)
public class SpringExample {

    /**
     * Starts the application.
     *
     * @param arguments properties, as {@code --spring.profiles.active=embedded}
     */
    public static void main(String... arguments) {
        SpringApplication.run(SpringExample.class, arguments);
    }
}
