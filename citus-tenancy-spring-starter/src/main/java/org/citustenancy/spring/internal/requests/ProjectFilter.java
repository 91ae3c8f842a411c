package org.citustenancy.spring.internal.requests;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.spring.internal.start.ProjectStart;
import org.citustenancy.spring.requests.RequestProjectResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.json.JsonWriter;
import org.springframework.web.filter.OncePerRequestFilter;

/** Processes a request in the scope of its project, and rejects a request without one, or for one that must not be used yet. */
public final class ProjectFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectFilter.class);
    private static final JsonWriter<Map<String, Object>> PROBLEM = JsonWriter.standard();

    private final Definitions definitions;
    private final ProjectStart start;
    private final ProjectPools pools;
    private final RequestProjectResolver resolver;
    private final PathsWithoutProject without;

    /**
     * Creates a filter.
     *
     * @param start decides which projects may be used
     * @param pools provide the scopes
     * @param resolver finds the project's key
     * @param without the paths of requests without a project
     */
    public ProjectFilter(
            Definitions definitions,
            ProjectStart start,
            ProjectPools pools,
            RequestProjectResolver resolver,
            PathsWithoutProject without) {
        this.definitions = definitions;
        this.start = start;
        this.pools = pools;
        this.resolver = resolver;
        this.without = without;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return without.contain(
                request.getRequestURI().substring(request.getContextPath().length()));
    }

    /** A dispatch after asynchronous processing runs on another thread, which has no scope. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> said = resolver.resolve(request);
        if (said.isEmpty()) {
            refuse(
                    response,
                    400,
                    "Bad Request",
                    "A request names its project by " + resolver.source() + "; this one does not");
            return;
        }
        Optional<ProjectDefinition> project = definitions.projects().stream()
                .filter(known -> known.key().equals(said.get()))
                .findFirst();
        if (project.isEmpty()) {
            LOG.debug("A request is for a project that does not exist, by {}", resolver.source());
            refuse(response, 404, "Not Found", "There is no project of the name that " + resolver.source() + " gives");
            return;
        }
        if (start.refusal(project.get().key()).isPresent()) {
            // The reason is in the log and in the project's health. It is not for clients.
            response.setHeader(
                    "Retry-After", String.valueOf(Math.max(1, start.retryEvery().toSeconds())));
            refuse(response, 503, "Service Unavailable", "The project is not available yet");
            return;
        }
        try (ProjectScope scope = pools.scopes()
                .open(project.get().database(), project.get().user().name())) {
            LOG.trace("A request works in {}", scope);
            chain.doFilter(request, response);
        }
    }

    private static void refuse(HttpServletResponse response, int status, String title, String detail)
            throws IOException {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("title", title);
        problem.put("status", status);
        problem.put("detail", detail);
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(PROBLEM.writeToString(problem));
    }
}
