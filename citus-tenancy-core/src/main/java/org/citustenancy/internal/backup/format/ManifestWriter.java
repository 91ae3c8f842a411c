package org.citustenancy.internal.backup.format;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.citustenancy.backup.manifest.BackedUpSequence;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.BackedUpUser;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.backup.manifest.ColumnarOptions;
import org.citustenancy.backup.manifest.DistributedFunction;
import org.citustenancy.backup.manifest.Origin;
import org.citustenancy.backup.manifest.ProjectSettings;
import org.citustenancy.backup.manifest.StoredFile;
import org.citustenancy.backup.manifest.StoredShard;
import org.citustenancy.tables.TableName;
import org.citustenancy.users.TableGrant;
import org.jspecify.annotations.Nullable;

/** Writes a manifest as JSON. What is absent is left out. */
public final class ManifestWriter {

    private ManifestWriter() {}

    /**
     * A manifest as text.
     *
     * @param manifest the manifest
     * @return JSON
     */
    public static String text(BackupManifest manifest) {
        Map<String, Object> json = new LinkedHashMap<>();
        Origin origin = manifest.origin();
        json.put("formatVersion", BackupManifest.FORMAT_VERSION);
        json.put("project", origin.project());
        json.put("madeAt", origin.madeAt().toString());
        json.put("way", origin.way());
        json.put("postgres", origin.postgres());
        json.put("citus", origin.citus());
        json.put("writerVersion", origin.writerVersion());
        json.put("hasRows", manifest.hasRows());
        json.put("rows", manifest.rows());
        json.put("bytes", manifest.bytes());
        json.put("settings", settings(manifest.settings()));
        json.put("neededExtensions", manifest.needs().extensions());
        json.put("neededRoles", manifest.needs().roles());
        json.put("colocationGroups", manifest.objects().groups());
        json.put("distributedSchemas", manifest.objects().schemas());
        json.put(
                "distributedFunctions",
                manifest.objects().functions().stream()
                        .map(ManifestWriter::function)
                        .toList());
        json.put("schemaArchive", file(manifest.schema()));
        json.put("tables", manifest.tables().stream().map(ManifestWriter::table).toList());
        json.put(
                "sequences",
                manifest.sequences().stream().map(ManifestWriter::sequence).toList());
        json.put(
                "materializedViews",
                manifest.materializedViews().stream().map(ManifestWriter::name).toList());
        return JsonText.of(json);
    }

    private static Map<String, Object> settings(ProjectSettings settings) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("users", settings.users().stream().map(ManifestWriter::user).toList());
        put(json, "connectionLimit", number(settings.connectionLimit()));
        json.put("settings", settings.settings());
        json.put("extensions", List.copyOf(settings.extensions()));
        return json;
    }

    private static Map<String, Object> user(BackedUpUser user) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", user.name());
        json.put("level", user.level().word());
        json.put("schemas", user.options().schemas());
        json.put(
                "tables",
                user.options().tables().stream().map(ManifestWriter::grant).toList());
        json.put("settings", user.options().settings());
        put(json, "connectionLimit", number(user.options().connectionLimit()));
        put(
                json,
                "validUntil",
                user.options().validUntil().map(Instant::toString).orElse(null));
        return json;
    }

    private static Map<String, Object> grant(TableGrant grant) {
        Map<String, Object> json = name(grant.table());
        json.put("privileges", grant.privileges().stream().map(Enum::name).toList());
        json.put("columns", grant.columns());
        return json;
    }

    private static Map<String, Object> function(DistributedFunction function) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("signature", function.signature());
        put(json, "argument", function.argument().orElse(null));
        put(json, "group", number(function.group()));
        json.put("forceDelegation", function.forceDelegation());
        return json;
    }

    private static Map<String, Object> table(BackedUpTable table) {
        Map<String, Object> json = name(table.name());
        json.put("layout", table.layout().word());
        put(json, "column", table.column().orElse(null));
        put(json, "group", number(table.group()));
        json.put("partitioned", table.partitioned());
        json.put("partition", table.partition());
        put(json, "columnar", table.columnar().map(ManifestWriter::columnar).orElse(null));
        json.put("columns", table.columns());
        json.put("rows", table.rows());
        json.put("files", table.files().stream().map(ManifestWriter::file).toList());
        return json;
    }

    private static Map<String, Object> columnar(ColumnarOptions options) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("chunkGroupRowLimit", options.chunkGroupRowLimit());
        json.put("stripeRowLimit", options.stripeRowLimit());
        json.put("compression", options.compression());
        json.put("compressionLevel", options.compressionLevel());
        return json;
    }

    private static Map<String, Object> sequence(BackedUpSequence sequence) {
        Map<String, Object> json = name(sequence.name());
        json.put("lastValues", sequence.lastValues());
        return json;
    }

    private static Map<String, Object> file(StoredFile file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", file.path());
        json.put("rows", file.rows());
        json.put("bytes", file.bytes());
        json.put("sha256", file.sha256());
        if (!file.shards().isEmpty()) {
            json.put("shards", file.shards().stream().map(ManifestWriter::shard).toList());
        }
        return json;
    }

    private static Map<String, Object> shard(StoredShard shard) {
        Map<String, Object> json = new LinkedHashMap<>();
        shard.range().ifPresent(range -> {
            json.put("first", range.first());
            json.put("last", range.last());
        });
        json.put("rows", shard.rows());
        json.put("bytes", shard.bytes());
        return json;
    }

    private static Map<String, Object> name(TableName name) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", name.schema());
        json.put("name", name.table());
        return json;
    }

    private static @Nullable Integer number(OptionalInt number) {
        return number.isPresent() ? number.getAsInt() : null;
    }

    private static void put(Map<String, Object> json, String key, @Nullable Object value) {
        if (value != null) {
            json.put(key, value);
        }
    }
}
