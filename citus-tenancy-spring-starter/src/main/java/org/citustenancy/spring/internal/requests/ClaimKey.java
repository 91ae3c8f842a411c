package org.citustenancy.spring.internal.requests;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.ClaimAccessor;

/**
 * Reads the key from a claim of the principal. Spring Security has already verified the token; this class reads no
 * token. Needs Spring Security.
 *
 * @param claim its name
 */
public record ClaimKey(String claim) implements RequestKey {

    @Override
    public Optional<String> read(HttpServletRequest request) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null
                        && authentication.isAuthenticated()
                        && authentication.getPrincipal() instanceof ClaimAccessor claims
                ? Optional.ofNullable(claims.getClaimAsString(claim)).filter(key -> !key.isBlank())
                : Optional.empty();
    }

    @Override
    public String where() {
        return "the claim " + claim + " of the authenticated principal";
    }
}
