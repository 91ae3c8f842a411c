package org.citustenancy.spring;

import java.util.Optional;
import org.citustenancy.users.Secret;

/**
 * Supplies passwords that the configuration does not contain. The starter calls a bean of this type for every user that
 * has neither a {@code password} nor a {@code password-file}, at the start and, at most once per second, when a connection
 * opens. While it throws an exception, the last known password stays.
 *
 * <pre>{@code
 * @Bean
 * SecretSource vault(Vault vault) {
 *     return (database, user) -> vault.read(database + "/" + user).map(Secret::of);
 * }
 * }</pre>
 */
@FunctionalInterface
public interface SecretSource {

    /**
     * Returns the password of a user of a project.
     *
     * @param database the project's database
     * @param user the role's name
     * @return empty if this source does not contain the password
     */
    Optional<Secret> find(String database, String user);
}
