package org.citustenancy.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.backup.store.ProjectDirectory;
import org.citustenancy.internal.desired.DesiredSetting;
import org.citustenancy.internal.names.Names;
import org.citustenancy.internal.passwords.AuthInfo;
import org.citustenancy.internal.session.CoordinatorAddress;
import org.citustenancy.tables.TableName;
import org.citustenancy.users.Secret;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** What is written is what is read, or it is refused; as far as no server is needed to see it. */
@Tag("once")
class HostileTextsTest {

    @Provide
    Arbitrary<String> any() {
        return HostileTexts.any();
    }

    @Provide
    Arbitrary<String> names() {
        return HostileTexts.names();
    }

    @Provide
    Arbitrary<List<String>> manyNames() {
        return HostileTexts.names().list().ofMaxSize(20);
    }

    /** PostgreSQL would cut a name without a word, inside a character too. */
    @Property
    void names_are_kept_or_refused_with_an_exception_of_the_library(@ForAll("any") String text) {
        boolean fits = !text.isEmpty() && text.equals(sent(text)) && text.getBytes(StandardCharsets.UTF_8).length <= 63;

        assertThat(refusal(() -> Names.identifier("table", text)).isEmpty()).isEqualTo(fits);
        refusal(() -> Names.project(text, "maintenance")).ifPresent(HostileTextsTest::assertOurs);
        refusal(() -> Names.user(text)).ifPresent(HostileTextsTest::assertOurs);
        refusal(() -> TableName.of(text)).ifPresent(HostileTextsTest::assertOurs);
    }

    private static Optional<RuntimeException> refusal(Runnable call) {
        try {
            call.run();
            return Optional.empty();
        } catch (RuntimeException refused) {
            return Optional.of(refused);
        }
    }

    private static void assertOurs(RuntimeException refused) {
        assertThat(refused).isInstanceOf(InvalidRequestException.class);
        assertThat(((CitusTenancyException) refused).failure().fix()).isNotEmpty();
    }

    @Property
    void settings_are_sent_unchanged_or_refused(@ForAll("any") String value) {
        Optional<RuntimeException> refusal = refusal(() -> new DesiredSetting("any.thing", value));

        refusal.ifPresent(HostileTextsTest::assertOurs);
        assertThat(refusal.isPresent() || value.equals(sent(value))).isTrue();
    }

    private static String sent(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace("\0", "");
    }

    @Property
    void quoted_table_names_are_parsed_unchanged(@ForAll("names") String schema, @ForAll("names") String table) {
        assertThat(TableName.of(quoted(schema) + "." + quoted(table))).isEqualTo(new TableName(schema, table));
        assertThat(TableName.of(quoted(table))).isEqualTo(new TableName("public", table));
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    @Property
    void jdbc_urls_name_the_database_and_keep_their_options(
            @ForAll("names") String database, @ForAll("names") String option) {
        String url = new CoordinatorAddress("h", "1", "postgres", new TreeMap<>(Map.of("options", option)))
                .jdbcUrl(database);

        Properties read = Driver.parseURL(url, null);

        assertThat(read).isNotNull();
        assertThat(PGProperty.PG_DBNAME.getOrDefault(read)).isEqualTo(database);
        assertThat(PGProperty.OPTIONS.getOrDefault(read)).isEqualTo(option);
        assertThat(CoordinatorAddress.of(url).jdbcUrl(database)).isEqualTo(url);
    }

    @Property
    void uris_and_properties_contain_the_given_values(@ForAll("names") String name, @ForAll("any") String password)
            throws Exception {
        Optional<Secret> secret = secret(password);
        if (secret.isEmpty()) {
            return;
        }
        ConnectionInfo connection = new ConnectionInfo(
                "h", 5433, name, name, secret, "jdbc:postgresql://h:5433/x", Map.of("sslmode", name));

        URI uri = new URI(connection.uri());
        assertThat(uri.getHost()).isEqualTo("h");
        assertThat(uri.getPort()).isEqualTo(5433);
        assertThat(uri.getRawUserInfo().split(":", -1))
                .hasSize(2)
                .extracting(HostileTextsTest::decoded)
                .containsExactly(name, password);
        assertThat(decoded(uri.getRawPath())).isEqualTo("/" + name);
        assertThat(uri.getRawQuery().split("[=&]", -1))
                .hasSize(2)
                .extracting(HostileTextsTest::decoded)
                .containsExactly("sslmode", name);

        Properties read = new Properties();
        read.load(new StringReader(connection.springProperties()));
        assertThat(read)
                .hasSize(3)
                .containsEntry("spring.datasource.username", name)
                .containsEntry("spring.datasource.password", password);
    }

    /** As RFC 3986 says it: a plus sign is a plus sign. */
    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Optional<Secret> secret(String password) {
        try {
            return Optional.of(Secret.of(password));
        } catch (InvalidRequestException refused) {
            assertThat(refused.getMessage()).doesNotContain(password.length() > 8 ? password : "password '");
            return Optional.empty();
        }
    }

    @Property
    void passwords_in_authinfo_are_read_back(@ForAll("any") String password) {
        secret(password).ifPresent(secret -> {
            assertThat(AuthInfo.passwordIn(AuthInfo.of(secret))).contains(secret);
            assertThat(secret.toString()).isEqualTo(Secret.MASK);
        });
    }

    @Property
    void project_directories_differ_when_case_is_ignored(@ForAll("manyNames") List<String> names) {
        Set<String> directories = new HashSet<>();
        for (String name : names) {
            String directory = ProjectDirectory.name(name);
            assertThat(directory).matches("[a-z0-9_%][a-z0-9_%-]*").hasSizeLessThan(200);
            directories.add(directory.toLowerCase(Locale.ROOT));
            assertThat(decoded(directory)).isEqualTo(name);
        }
        assertThat(directories).hasSameSizeAs(new HashSet<>(names));
    }
}
