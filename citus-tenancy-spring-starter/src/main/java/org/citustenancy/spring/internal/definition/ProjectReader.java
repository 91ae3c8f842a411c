package org.citustenancy.spring.internal.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.spring.SecretSource;
import org.citustenancy.spring.properties.ProjectProperties;
import org.citustenancy.spring.properties.UserProperties;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.Secret;
import org.jspecify.annotations.Nullable;

/** Reads one project of the properties. */
final class ProjectReader {

    private final Problems problems;
    private final List<SecretSource> secrets;

    ProjectReader(Problems problems, List<SecretSource> secrets) {
        this.problems = problems;
        this.secrets = secrets;
    }

    /** Returns empty if the project has no owner, which is a problem. */
    Optional<ProjectDefinition> read(String key, ProjectProperties properties, PoolSettings common) {
        String where = Problems.name("projects", key);
        String database = properties.database() == null ? key : properties.database();
        Placeholders placeholders = new Placeholders(problems);
        placeholders.refuseIn(where + ".database", properties.database());
        placeholders.refuseIn(where + ".user", properties.user());
        if (properties.jpa().packages().isEmpty()
                && !properties.jpa().properties().isEmpty()) {
            problems.add(
                    where + ".jpa.properties",
                    "is there, but the project has no EntityManagerFactory of its own",
                    "name the packages of its entities in jpa.packages, or set spring.jpa.properties");
        }
        PoolSettings pool = new PoolReader(problems).read(where + ".pool", properties.pool(), common);
        List<UserDefinition> users = new ArrayList<>();
        properties
                .users()
                .forEach((userKey, user) -> users.add(user(
                        where + ".users." + userKey,
                        userKey,
                        user,
                        database,
                        properties.users().size() == 1)));
        List<UserDefinition> owners =
                users.stream().filter(user -> user.level() == AccessLevel.OWNER).toList();
        if (users.isEmpty()) {
            problems.add(where + ".users", "is empty, but a project has a user who owns it", "name one");
            return Optional.empty();
        }
        if (owners.size() != 1) {
            problems.add(
                    where + ".users",
                    "has " + owners.size() + " users of level owner, but a project has one",
                    "give one user the level owner, and the others another one");
            return Optional.empty();
        }
        return Optional.of(new ProjectDefinition(
                key,
                database,
                users,
                owners.get(0),
                chosen(where, properties.user(), users, owners.get(0)),
                pool,
                new DistributionReader(problems, where + ".distribution").read(properties.distribution()),
                properties));
    }

    private UserDefinition chosen(
            String where, @Nullable String name, List<UserDefinition> users, UserDefinition owner) {
        if (name == null) {
            return owner;
        }
        Optional<UserDefinition> chosen =
                users.stream().filter(user -> user.name().equals(name)).findFirst();
        if (chosen.isEmpty() || chosen.get().level() == AccessLevel.NONE) {
            problems.add(
                    where + ".user",
                    "is \"" + name + "\", who is none of the project's users",
                    "name one of " + users.stream().map(UserDefinition::name).toList());
        }
        return chosen.orElse(owner);
    }

    private UserDefinition user(String where, String key, UserProperties properties, String database, boolean only) {
        String name = properties.name() == null ? key : properties.name();
        new Placeholders(problems).refuseIn(where + ".name", properties.name());
        AccessLevel level = properties.level();
        if (level == null) {
            if (!only) {
                problems.add(
                        where + ".level",
                        "is missing, and the project has several users",
                        "say one of owner, read-write, read-only, tables, none");
            }
            level = only ? AccessLevel.OWNER : AccessLevel.NONE;
        }
        if (level == AccessLevel.TABLES && properties.tables().isEmpty()) {
            problems.add(
                    where + ".tables", "is empty, though the level is tables", "name the tables that the user reads");
        }
        if (level != AccessLevel.TABLES && !properties.tables().isEmpty()) {
            problems.add(
                    where + ".tables",
                    "is there, though the level is " + level.word(),
                    "set the level tables, or leave the tables out");
        }
        return new UserDefinition(name, level, password(where, properties, database, name, level), properties);
    }

    private Optional<Supplier<Secret>> password(
            String where, UserProperties properties, String database, String name, AccessLevel level) {
        Optional<Supplier<Secret>> said =
                new PasswordReader(problems).read(where, properties.password(), properties.passwordFile());
        if (said.isPresent() || properties.passwordFile() != null || level == AccessLevel.NONE) {
            return said;
        }
        Optional<Secret> known = find(database, name);
        if (known.isEmpty()) {
            problems.add(
                    where + ".password",
                    "is missing",
                    "set it (in the environment as " + LikeNames.variable(where + ".password")
                            + "), or password-file, or provide a bean of type SecretSource that knows it");
        }
        return known.map(password ->
                new CurrentPassword(where, password, () -> find(database, name).orElseThrow()));
    }

    private Optional<Secret> find(String database, String user) {
        return secrets.stream()
                .map(source -> source.find(database, user))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
