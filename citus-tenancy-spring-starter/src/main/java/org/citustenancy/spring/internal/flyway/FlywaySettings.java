package org.citustenancy.spring.internal.flyway;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayProperties;

/**
 * The settings that all projects' Flyways have in common.
 *
 * @param locations the locations of the migrations; {project} is replaced by the key
 * @param properties Spring Boot's properties; absent if they are those of the application's own data source. Whether
 *     Flyway runs, as whom and where does not depend on them.
 * @param migrations migrations that are beans
 * @param callbacks callbacks that are beans
 * @param customizers change the configuration at last
 */
public record FlywaySettings(
        List<String> locations,
        Optional<FlywayProperties> properties,
        List<JavaMigration> migrations,
        List<Callback> callbacks,
        List<FlywayConfigurationCustomizer> customizers) {

    /** Copies the lists. */
    public FlywaySettings {
        locations = List.copyOf(locations);
        migrations = List.copyOf(migrations);
        callbacks = List.copyOf(callbacks);
        customizers = List.copyOf(customizers);
    }

    /** Configures the Flyway of a project, which has a data source already. */
    void applyTo(FluentConfiguration flyway, String project) {
        properties.ifPresent(common -> {
            runs(flyway, common);
            names(flyway, common);
            placeholders(flyway, common);
            schemas(flyway, common);
            connections(flyway, common);
            ofLicences(flyway, common);
        });
        flyway.locations(ProjectFlyways.locations(locations, project).toArray(String[]::new));
        if (!migrations.isEmpty()) {
            flyway.javaMigrations(migrations.toArray(JavaMigration[]::new));
        }
        if (!callbacks.isEmpty()) {
            flyway.callbacks(callbacks.toArray(Callback[]::new));
        }
        customizers.forEach(customizer -> customizer.customize(flyway));
    }

    private static void runs(FluentConfiguration flyway, FlywayProperties common) {
        flyway.cleanDisabled(common.isCleanDisabled())
                .executeInTransaction(common.isExecuteInTransaction())
                .failOnMissingLocations(common.isFailOnMissingLocations())
                .group(common.isGroup())
                .mixed(common.isMixed())
                .outOfOrder(common.isOutOfOrder())
                .skipDefaultCallbacks(common.isSkipDefaultCallbacks())
                .skipDefaultResolvers(common.isSkipDefaultResolvers())
                .validateMigrationNaming(common.isValidateMigrationNaming())
                .validateOnMigrate(common.isValidateOnMigrate());
        set(common.getTarget(), flyway::target);
        set(
                common.getIgnoreMigrationPatterns(),
                patterns -> flyway.ignoreMigrationPatterns(patterns.toArray(String[]::new)));
    }

    private static void names(FluentConfiguration flyway, FlywayProperties common) {
        flyway.encoding(common.getEncoding())
                .sqlMigrationPrefix(common.getSqlMigrationPrefix())
                .sqlMigrationSeparator(common.getSqlMigrationSeparator())
                .sqlMigrationSuffixes(common.getSqlMigrationSuffixes().toArray(String[]::new))
                .repeatableSqlMigrationPrefix(common.getRepeatableSqlMigrationPrefix());
        set(common.getDetectEncoding(), flyway::detectEncoding);
        if (!common.getCallbackLocations().isEmpty()) {
            flyway.callbackLocations(common.getCallbackLocations().toArray(String[]::new));
        }
    }

    private static void placeholders(FluentConfiguration flyway, FlywayProperties common) {
        flyway.placeholders(common.getPlaceholders())
                .placeholderPrefix(common.getPlaceholderPrefix())
                .placeholderSuffix(common.getPlaceholderSuffix())
                .placeholderSeparator(common.getPlaceholderSeparator())
                .placeholderReplacement(common.isPlaceholderReplacement())
                .scriptPlaceholderPrefix(common.getScriptPlaceholderPrefix())
                .scriptPlaceholderSuffix(common.getScriptPlaceholderSuffix());
        set(common.getPowershellExecutable(), flyway::powershellExecutable);
    }

    private static void schemas(FluentConfiguration flyway, FlywayProperties common) {
        flyway.table(common.getTable())
                .createSchemas(common.isCreateSchemas())
                .baselineDescription(common.getBaselineDescription())
                .baselineOnMigrate(common.isBaselineOnMigrate())
                .baselineVersion(common.getBaselineVersion());
        if (!common.getSchemas().isEmpty()) {
            flyway.schemas(common.getSchemas().toArray(String[]::new));
        }
        set(common.getDefaultSchema(), flyway::defaultSchema);
        set(common.getTablespace(), flyway::tablespace);
        set(common.getInstalledBy(), flyway::installedBy);
    }

    private static void connections(FluentConfiguration flyway, FlywayProperties common) {
        flyway.connectRetries(common.getConnectRetries())
                .connectRetriesInterval((int) common.getConnectRetriesInterval().toSeconds())
                .lockRetryCount(common.getLockRetryCount());
        if (!common.getInitSqls().isEmpty()) {
            flyway.initSql(String.join("\n", common.getInitSqls()));
        }
        if (!common.getJdbcProperties().isEmpty()) {
            flyway.jdbcProperties(common.getJdbcProperties());
        }
        set(common.getKerberosConfigFile(), flyway::kerberosConfigFile);
        set(common.getLoggers(), flyway::loggers);
        set(
                common.getPostgresql().getTransactionalLock(),
                transactional -> flyway.configuration(
                        Map.of("flyway.postgresql.transactional.lock", String.valueOf(transactional))));
    }

    /** Flyway has these settings, some of which need a licence. */
    private static void ofLicences(FluentConfiguration flyway, FlywayProperties common) {
        set(common.getBatch(), flyway::batch);
        set(common.getStream(), flyway::stream);
        set(common.getDryRunOutput(), flyway::dryRunOutput);
        set(common.getErrorOverrides(), flyway::errorOverrides);
        set(common.getOutputQueryResults(), flyway::outputQueryResults);
        set(common.getSkipExecutingMigrations(), flyway::skipExecutingMigrations);
        set(common.getCommunityDbSupportEnabled(), flyway::communityDBSupportEnabled);
    }

    private static <T> void set(@Nullable T value, Consumer<T> setting) {
        if (value != null) {
            setting.accept(value);
        }
    }
}
