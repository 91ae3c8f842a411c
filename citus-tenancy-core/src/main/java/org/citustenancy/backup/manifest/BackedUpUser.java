package org.citustenancy.backup.manifest;

import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.UserOptions;

/**
 * A user of a project, without the password.
 *
 * @param name the role's name
 * @param level the user's access level
 * @param options schemas, tables and limits
 */
public record BackedUpUser(String name, AccessLevel level, UserOptions options) {}
