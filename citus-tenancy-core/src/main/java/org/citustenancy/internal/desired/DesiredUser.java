package org.citustenancy.internal.desired;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.names.Names;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.Secret;
import org.citustenancy.users.UserOptions;

/**
 * The desired state of a user.
 *
 * @param name the role's name
 * @param level the user's access level
 * @param options schemas, tables and limits
 * @param password the password from the caller, or a generated one for a role that does not exist yet
 */
public record DesiredUser(String name, AccessLevel level, UserOptions options, Optional<Secret> password) {

    /** Checks the names, and that the options match the level. */
    public DesiredUser {
        Names.user(name);
        if (level == AccessLevel.TABLES && options.tables().isEmpty()) {
            throw new InvalidRequestException(Failure.of("The table user \"" + name + "\" was given no table")
                    .fix("name at least one"));
        }
        if (level != AccessLevel.TABLES && !options.tables().isEmpty()) {
            throw new InvalidRequestException(
                    Failure.of("The " + level.word() + " user \"" + name + "\" was given single tables")
                            .fix("make it a table user, or leave the tables out"));
        }
        options.settings().forEach(DesiredSetting::new);
    }

    /**
     * Returns the settings of the user's sessions in the project.
     *
     * @return by name
     */
    public SortedMap<String, DesiredSetting> settings() {
        SortedMap<String, DesiredSetting> settings = new TreeMap<>();
        for (Map.Entry<String, String> entry : options.settings().entrySet()) {
            DesiredSetting setting = new DesiredSetting(entry.getKey(), entry.getValue());
            settings.put(setting.name(), setting);
        }
        return settings;
    }

    /**
     * Checks whether the user has access at all.
     *
     * @return false for a user that leaves the project
     */
    public boolean stays() {
        return level != AccessLevel.NONE;
    }

    /**
     * Returns the same user with a password.
     *
     * @param secret the password
     */
    public DesiredUser withPassword(Secret secret) {
        return new DesiredUser(name, level, options, Optional.of(secret));
    }

    /** Returns the same user without a password. */
    public DesiredUser withoutPassword() {
        return new DesiredUser(name, level, options, Optional.empty());
    }
}
