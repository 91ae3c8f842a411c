package org.citustenancy.spring.internal.requests;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.citustenancy.spring.requests.RequestProjectResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/**
 * Reads the key from a claim of the principal: of a JWT, or of the answer about an opaque token. Spring Security has already
 * verified the token; this class reads no token. Needs Spring Security.
 *
 * @param claim its name
 */
public record ClaimKey(String claim) implements RequestProjectResolver {

    @Override
    public Optional<String> resolve(HttpServletRequest request) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.isAuthenticated()
                ? Optional.ofNullable(value(authentication.getPrincipal())).filter(key -> !key.isBlank())
                : Optional.empty();
    }

    private @Nullable String value(@Nullable Object principal) {
        if (principal instanceof ClaimAccessor claims) {
            return claims.getClaimAsString(claim);
        }
        return principal instanceof OAuth2AuthenticatedPrincipal attributes
                        && attributes.getAttributes().get(claim) instanceof String value
                ? value
                : null;
    }

    @Override
    public String source() {
        return "the claim " + claim + " of the authenticated principal";
    }
}
