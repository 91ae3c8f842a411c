package org.citustenancy.spring.internal.requests;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citustenancy.spring.requests.RequestProjectResolver;

/**
 * Asks resolvers one after another, until one of them finds a project.
 *
 * @param resolvers in their order
 */
public record FirstResolver(List<RequestProjectResolver> resolvers) implements RequestProjectResolver {

    /** Copies the list. */
    public FirstResolver {
        resolvers = List.copyOf(resolvers);
    }

    @Override
    public Optional<String> resolve(HttpServletRequest request) {
        return resolvers.stream()
                .map(resolver -> resolver.resolve(request))
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public String source() {
        return resolvers.stream().map(RequestProjectResolver::source).distinct().collect(Collectors.joining(" or "));
    }
}
