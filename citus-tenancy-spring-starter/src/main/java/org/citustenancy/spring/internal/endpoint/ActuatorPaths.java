package org.citustenancy.spring.internal.endpoint;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.citustenancy.spring.internal.requests.PathsWithoutProject;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;

/** The paths of Actuator as configured: its base path, and paths of health groups such as {@code /livez}. */
public final class ActuatorPaths implements PathsWithoutProject {

    private final Supplier<@Nullable PathMappedEndpoints> endpoints;
    private final String servletPath;

    /**
     * Creates the paths.
     *
     * @param endpoints the endpoints, which must not be created before the first request; null if there are none
     * @param servletPath the path of Spring MVC's servlet, {@code /} by default
     */
    public ActuatorPaths(Supplier<@Nullable PathMappedEndpoints> endpoints, String servletPath) {
        this.endpoints = endpoints;
        this.servletPath = withoutSlash(servletPath);
    }

    @Override
    public boolean contain(String path) {
        PathMappedEndpoints known = endpoints.get();
        return known != null && path.startsWith(servletPath) && contain(known, path.substring(servletPath.length()));
    }

    private static boolean contain(PathMappedEndpoints known, String path) {
        String base = withoutSlash(known.getBasePath());
        // With the base path "/", other paths of the application are next to those of endpoints.
        Stream<String> usual = base.isEmpty() ? known.getAllPaths().stream() : Stream.of(base);
        Stream<String> additional = known.stream()
                .flatMap(endpoint -> endpoint.getAdditionalPaths(WebServerNamespace.SERVER).stream())
                .map(other -> other.startsWith("/") ? other : "/" + other);
        return Stream.concat(usual, additional).anyMatch(above -> path.equals(above) || path.startsWith(above + "/"));
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
