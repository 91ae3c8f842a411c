package org.citustenancy.spring.internal.diagnostics;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;

/**
 * A jOOQ on the class path that this JVM cannot load, as Java 17 cannot load the version of Spring Boot 4.1. Spring
 * Boot treats it as absent.
 *
 * @param version its version, or empty if it is unknown
 */
record UnloadableJooq(String version) {

    private static final String TYPE = "org.jooq.DSLContext";
    private static final String VERSION = "META-INF/maven/org.jooq/jooq/pom.properties";

    /** Returns the unloadable jOOQ of a class path, if any. */
    static Optional<UnloadableJooq> on(ClassLoader classPath) {
        try {
            Class.forName(TYPE, false, classPath);
            return Optional.empty();
        } catch (ClassNotFoundException none) {
            return Optional.empty();
        } catch (UnsupportedClassVersionError newer) {
            return Optional.of(new UnloadableJooq(version(classPath)));
        }
    }

    private static String version(ClassLoader classPath) {
        Properties properties = new Properties();
        try (InputStream file = classPath.getResourceAsStream(VERSION)) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException unreadable) {
            return "";
        }
        return properties.getProperty("version", "");
    }

    /** Returns the description of the problem. */
    String description() {
        return ("jOOQ " + version).strip() + " is on the class path, and Java "
                + Runtime.version().feature() + " cannot load it, so that there is no DSLContext of any project";
    }

    /** Returns the solution. */
    String action() {
        return "Run the application on a newer Java (jOOQ 3.20 and later need 21), take Spring Boot 4.0, whose jOOQ is for Java 17, "
                + "or leave jOOQ out: the library has its own.";
    }
}
