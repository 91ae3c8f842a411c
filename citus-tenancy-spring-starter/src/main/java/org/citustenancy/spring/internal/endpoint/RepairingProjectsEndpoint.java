package org.citustenancy.spring.internal.endpoint;

import java.util.List;
import org.citustenancy.errors.CitusTenancyException;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** The same, which also reconciles a project with the configuration on request. */
@Endpoint(id = ProjectsEndpoint.ID)
public final class RepairingProjectsEndpoint extends ProjectsEndpoint {

    private final Reporter reporter;

    /**
     * An endpoint.
     *
     * @param reporter knows what to show and how to repair
     */
    public RepairingProjectsEndpoint(Reporter reporter) {
        super(reporter);
        this.reporter = reporter;
    }

    /**
     * Makes a project what the configuration says.
     *
     * @return what was done, empty if it was so already
     * @throws InvalidEndpointRequestException if it cannot be done
     */
    @WriteOperation
    public List<String> repair(@Selector String project) {
        try {
            return reporter.repair(project).outcomes().stream()
                    .map(outcome -> outcome.step().toString())
                    .toList();
        } catch (CitusTenancyException failure) {
            throw new InvalidEndpointRequestException(
                    failure.failure().toString(), failure.failure().what());
        }
    }
}
