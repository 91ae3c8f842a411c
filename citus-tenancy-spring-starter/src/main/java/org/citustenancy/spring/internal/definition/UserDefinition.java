package org.citustenancy.spring.internal.definition;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.citustenancy.ProjectRequest;
import org.citustenancy.spring.properties.UserProperties;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.Secret;
import org.citustenancy.users.TableGrant;
import org.citustenancy.users.UserOptions;

/**
 * A user of a project.
 *
 * @param name the role's name
 * @param level the access level
 * @param currentPassword returns the password, which may change; absent for a user that leaves the project
 * @param properties the other properties
 */
public record UserDefinition(
        String name, AccessLevel level, Optional<Supplier<Secret>> currentPassword, UserProperties properties) {

    /**
     * Returns the password now.
     *
     * @return empty for a user that leaves the project
     */
    public Optional<Secret> password() {
        return currentPassword.map(Supplier::get);
    }

    ProjectRequest addTo(ProjectRequest request) {
        Optional<Secret> known = password();
        if (level == AccessLevel.NONE || known.isEmpty()) {
            return request.withoutUser(name);
        }
        Secret secret = known.get();
        return switch (level) {
            case OWNER -> request.withUser(name, secret, this::options);
            case READ_WRITE -> request.withReadWriteUser(name, secret, this::options);
            case READ_ONLY -> request.withReadOnlyUser(name, secret, this::options);
            case TABLES -> request.withTableUser(name, secret, this::options);
            case NONE -> request.withoutUser(name);
        };
    }

    private UserOptions options(UserOptions standard) {
        UserOptions options = standard;
        if (level == AccessLevel.READ_WRITE || level == AccessLevel.READ_ONLY) {
            List<String> schemas = properties.schemas();
            options = options.schemas(schemas.toArray(String[]::new));
        }
        for (String table : properties.tables()) {
            options = options.table(TableGrant.on(table));
        }
        if (properties.connectionLimit() != null) {
            options = options.connectionLimit(properties.connectionLimit());
        }
        for (var setting : properties.settings().entrySet()) {
            options = options.setting(setting.getKey(), setting.getValue());
        }
        return options;
    }
}
