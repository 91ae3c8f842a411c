package org.citustenancy.spring.internal.endpoint;

import java.util.List;
import org.citustenancy.errors.CitusTenancyException;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** An endpoint that also reconciles a project with the configuration on request. */
@Endpoint(id = ProjectsEndpoint.ID)
public final class RepairingProjectsEndpoint extends ProjectsEndpoint {

    private final Reporter reporter;

    /**
     * Creates an endpoint.
     *
     * @param reporter creates the reports and repairs projects
     */
    public RepairingProjectsEndpoint(Reporter reporter) {
        super(reporter);
        this.reporter = reporter;
    }

    /**
     * Reconciles a project with the configuration.
     *
     * @return the steps that ran, empty if none were needed
     * @throws InvalidEndpointRequestException if the project cannot be reconciled
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
