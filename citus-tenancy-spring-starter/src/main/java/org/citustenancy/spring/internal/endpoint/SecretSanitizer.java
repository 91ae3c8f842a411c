package org.citustenancy.spring.internal.endpoint;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.citustenancy.connection.MaskedUrl;
import org.citustenancy.spring.CitusConnectionDetails;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.definition.PropertiesConnectionDetails;
import org.citustenancy.spring.internal.definition.UserDefinition;
import org.citustenancy.users.Secret;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Masks the passwords of the cluster and the projects in the endpoints {@code env} and {@code configprops}, even if
 * these show values. It masks them by the names of the properties, and in all other places that contain the same
 * password, such as a variable that a placeholder names or the arguments of the program. It also masks passwords in
 * JDBC URLs.
 */
public final class SecretSanitizer implements SanitizingFunction {

    /** A shorter password may be part of other words. */
    private static final int LEAST_TO_BE_FOUND = 8;

    private final Definitions definitions;
    private final ObjectProvider<CitusConnectionDetails> cluster;

    /**
     * Creates a function for the endpoints.
     *
     * @param definitions the projects, whose passwords are masked
     * @param cluster contains the admin's password
     */
    public SecretSanitizer(Definitions definitions, ObjectProvider<CitusConnectionDetails> cluster) {
        this.definitions = definitions;
        this.cluster = cluster;
    }

    @Override
    public SanitizableData apply(SanitizableData data) {
        String value = String.valueOf(data.getValue());
        if (isPassword(data.getKey()) || secrets().anyMatch(secret -> isIn(value, secret.reveal()))) {
            return data.withSanitizedValue();
        }
        return value.contains("jdbc:") ? data.withValue(MaskedUrl.of(value)) : data;
    }

    /** Accepts each form that Spring Boot reads, including environment variables. */
    private static boolean isPassword(String key) {
        String name = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return name.startsWith("citustenancy") && name.endsWith("password");
    }

    private static boolean isIn(String value, String secret) {
        return value.equals(secret) || (secret.length() >= LEAST_TO_BE_FOUND && value.contains(secret));
    }

    /** The application may not use the superuser's account, and have no password for it. */
    private static Stream<Secret> adminPassword(CitusConnectionDetails details) {
        return details instanceof PropertiesConnectionDetails known
                ? known.currentPassword().map(Supplier::get).stream()
                : Stream.of(details.adminPassword());
    }

    private Stream<Secret> secrets() {
        Stream<Secret> ofUsers = definitions.projects().stream()
                .flatMap(project -> project.users().stream())
                .map(UserDefinition::password)
                .flatMap(Optional::stream);
        return Stream.concat(ofUsers, cluster.stream().flatMap(SecretSanitizer::adminPassword));
    }
}
