package org.citustenancy.spring.properties;

import java.util.List;
import java.util.Map;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.Secret;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A user of a project.
 *
 * @param name the role's name; the key of the user by default
 * @param password the password
 * @param passwordFile a file that contains only the password, for example /run/secrets/app_user
 * @param level the access level of the user; owner for the only user of a project
 * @param schemas the schemas of the tables to which a read-write or read-only user has access
 * @param tables the tables that a user of level tables reads
 * @param connectionLimit the maximum number of sessions of the role on a node; -1 for no limit
 * @param settings parameters that every session of the user starts with, by name
 */
public record UserProperties(
        @Nullable String name,
        @Nullable Secret password,
        @Nullable String passwordFile,
        @Nullable AccessLevel level,
        @DefaultValue("public") List<String> schemas,
        @DefaultValue List<String> tables,
        @Nullable Integer connectionLimit,
        @DefaultValue Map<String, String> settings) {}
