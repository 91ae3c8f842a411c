package org.citustenancy.embedded.internal.docker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Quick checks for a Docker engine: a setting that names one, or its socket at one of the locations that Testcontainers
 * uses.
 *
 * @param settings settings that name an engine
 * @param sockets possible sockets of engines
 * @param windows whether an engine may exist without such a sign
 */
record EngineTraces(List<String> settings, List<Path> sockets, boolean windows) {

    static EngineTraces ofThisMachine() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")), System.getProperty("os.name"));
    }

    static EngineTraces of(Map<String, String> environment, Path home, String system) {
        List<String> settings = new ArrayList<>();
        if (!environment.getOrDefault("DOCKER_HOST", "").isBlank()) {
            settings.add("DOCKER_HOST");
        }
        if (Files.exists(home.resolve(".testcontainers.properties"))) {
            settings.add("~/.testcontainers.properties");
        }
        List<Path> sockets = new ArrayList<>(List.of(
                Path.of("/var/run/docker.sock"),
                home.resolve(".docker/run/docker.sock"),
                home.resolve(".docker/desktop/docker.sock")));
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isBlank()) {
            sockets.add(Path.of(runtime, "docker.sock"));
        }
        return new EngineTraces(settings, sockets, system.startsWith("Windows"));
    }

    /** Returns the reason why there is no engine; empty if there may be one. */
    Optional<String> absence() {
        if (windows || !settings.isEmpty() || sockets.stream().anyMatch(Files::exists)) {
            return Optional.empty();
        }
        return Optional.of("no Docker engine: DOCKER_HOST is not set, and there is no /var/run/docker.sock");
    }
}
