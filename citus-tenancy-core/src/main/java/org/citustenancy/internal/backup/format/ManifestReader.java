package org.citustenancy.internal.backup.format;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citustenancy.backup.manifest.BackedUpSequence;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.BackedUpUser;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.backup.manifest.ColumnarOptions;
import org.citustenancy.backup.manifest.DistributedFunction;
import org.citustenancy.backup.manifest.DistributedObjects;
import org.citustenancy.backup.manifest.HashRange;
import org.citustenancy.backup.manifest.Needs;
import org.citustenancy.backup.manifest.Origin;
import org.citustenancy.backup.manifest.ProjectSettings;
import org.citustenancy.backup.manifest.StoredFile;
import org.citustenancy.backup.manifest.StoredShard;
import org.citustenancy.backup.manifest.TableLayout;
import org.citustenancy.errors.BackupException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.desired.StoredRule;
import org.citustenancy.tables.Distribution;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.TableName;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.TableGrant;
import org.citustenancy.users.TablePrivilege;
import org.citustenancy.users.UserOptions;

/** Reads a manifest. */
public final class ManifestReader {

    private ManifestReader() {}

    /**
     * Parses a manifest.
     *
     * @param text JSON
     * @throws BackupException if it is damaged, or of a newer version
     */
    public static BackupManifest read(String text) {
        try {
            JsonNode json = JsonNode.parse("manifest", text);
            long version = json.number("formatVersion");
            if (version != BackupManifest.FORMAT_VERSION) {
                throw new BackupException(Failure.of("The manifest has format version " + version
                                + ", and this library reads version " + BackupManifest.FORMAT_VERSION)
                        .state("nothing was touched")
                        .fix("use the newer version of this library that made it"));
            }
            return manifest(json);
        } catch (IOException | DateTimeParseException | IllegalArgumentException failure) {
            throw new BackupException(
                    Failure.of("The manifest is damaged: " + failure.getMessage())
                            .state("nothing was touched")
                            .fix("take another backup, or repair the manifest"),
                    failure);
        }
    }

    private static BackupManifest manifest(JsonNode json) {
        SortedMap<Integer, Integer> groups = new TreeMap<>();
        json.numbers("colocationGroups").forEach((group, shards) -> groups.put(group, shards.intValue()));
        return new BackupManifest(
                new Origin(
                        json.text("project"),
                        Instant.parse(json.text("madeAt")),
                        (int) json.number("postgres"),
                        json.text("citus"),
                        json.text("writerVersion"),
                        json.text("way"),
                        json.optionalText("mark")),
                settings(json.object("settings")),
                new Needs(json.texts("neededExtensions"), json.texts("neededRoles")),
                new DistributedObjects(
                        groups,
                        json.texts("distributedSchemas"),
                        json.objects("distributedFunctions", ManifestReader::function)),
                json.objects("tables", ManifestReader::table),
                json.objects("sequences", ManifestReader::sequence),
                json.objects("materializedViews", ManifestReader::name),
                json.flag("hasRows"),
                file(json.object("schemaArchive")));
    }

    private static ProjectSettings settings(JsonNode json) {
        return new ProjectSettings(
                json.objects("users", ManifestReader::user),
                json.optionalNumber("connectionLimit"),
                json.entries("settings", String.class),
                new TreeSet<>(json.texts("extensions")),
                json.has("distribution") ? rules(json) : Optional.empty());
    }

    private static Optional<DistributionRules> rules(JsonNode json) {
        List<StoredRule> rules = json.objects("distribution", ManifestReader::rule);
        return rules.isEmpty() ? Optional.empty() : Optional.of(StoredRule.rules(rules));
    }

    private static StoredRule rule(JsonNode json) {
        return new StoredRule(
                StoredRule.Kind.valueOf(json.text("kind")),
                json.text("subject"),
                json.text("column"),
                new Distribution(
                        json.has("colocatedWith") ? Optional.of(name(json.object("colocatedWith"))) : Optional.empty(),
                        json.flag("alone"),
                        json.optionalNumber("shardCount")));
    }

    private static BackedUpUser user(JsonNode json) {
        return new BackedUpUser(
                json.text("name"),
                AccessLevel.of(json.text("level")),
                new UserOptions(
                        json.texts("schemas"),
                        json.objects("tables", ManifestReader::grant),
                        json.entries("settings", String.class),
                        json.optionalNumber("connectionLimit"),
                        json.optionalText("validUntil").map(Instant::parse)));
    }

    private static TableGrant grant(JsonNode json) {
        Set<TablePrivilege> privileges = json.texts("privileges").stream()
                .map(TablePrivilege::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(TablePrivilege.class)));
        return new TableGrant(name(json), privileges, json.texts("columns"));
    }

    private static DistributedFunction function(JsonNode json) {
        return new DistributedFunction(
                json.text("signature"),
                json.optionalText("argument"),
                json.optionalNumber("group"),
                json.flag("forceDelegation"));
    }

    private static BackedUpTable table(JsonNode json) {
        return new BackedUpTable(
                name(json),
                TableLayout.of(json.text("layout")),
                json.optionalText("column"),
                json.optionalNumber("group"),
                json.flag("partitioned"),
                json.flag("partition"),
                json.has("columnar") ? Optional.of(columnar(json.object("columnar"))) : Optional.empty(),
                json.texts("columns"),
                json.objects("files", ManifestReader::file));
    }

    private static ColumnarOptions columnar(JsonNode json) {
        return new ColumnarOptions(
                (int) json.number("chunkGroupRowLimit"),
                (int) json.number("stripeRowLimit"),
                json.text("compression"),
                (int) json.number("compressionLevel"));
    }

    private static BackedUpSequence sequence(JsonNode json) {
        return new BackedUpSequence(name(json), json.numbers("lastValues"));
    }

    private static StoredFile file(JsonNode json) {
        return new StoredFile(
                json.text("path"),
                json.number("rows"),
                json.number("bytes"),
                json.text("sha256"),
                json.has("shards") ? json.objects("shards", ManifestReader::shard) : List.of());
    }

    private static StoredShard shard(JsonNode json) {
        Optional<HashRange> range = json.has("first")
                ? Optional.of(new HashRange((int) json.number("first"), (int) json.number("last")))
                : Optional.empty();
        return new StoredShard(range, json.number("rows"), json.number("bytes"));
    }

    private static TableName name(JsonNode json) {
        return new TableName(json.text("schema"), json.text("name"));
    }
}
