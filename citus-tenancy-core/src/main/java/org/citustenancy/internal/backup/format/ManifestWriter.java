package org.citustenancy.internal.backup.format;

import java.time.Instant;
import java.util.List;
import org.citustenancy.backup.manifest.BackedUpSequence;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.BackedUpUser;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.backup.manifest.ColumnarOptions;
import org.citustenancy.backup.manifest.DistributedFunction;
import org.citustenancy.backup.manifest.HashRange;
import org.citustenancy.backup.manifest.Origin;
import org.citustenancy.backup.manifest.ProjectSettings;
import org.citustenancy.backup.manifest.StoredFile;
import org.citustenancy.backup.manifest.StoredShard;
import org.citustenancy.internal.desired.StoredRule;
import org.citustenancy.tables.TableName;
import org.citustenancy.users.TableGrant;

/** Writes a manifest as JSON. Absent values are omitted. */
public final class ManifestWriter {

    private ManifestWriter() {}

    /**
     * Returns a manifest as text.
     *
     * @return JSON
     */
    public static String text(BackupManifest manifest) {
        Origin origin = manifest.origin();
        return new JsonObject()
                .put("formatVersion", BackupManifest.FORMAT_VERSION)
                .put("project", origin.project())
                .put("madeAt", origin.madeAt().toString())
                .put("way", origin.way())
                .put("postgres", origin.postgres())
                .put("citus", origin.citus())
                .put("writerVersion", origin.writerVersion())
                .put("mark", origin.mark())
                .put("hasRows", manifest.hasRows())
                .put("rows", manifest.rows())
                .put("bytes", manifest.bytes())
                .put("settings", settings(manifest.settings()))
                .put("neededExtensions", manifest.needs().extensions())
                .put("neededRoles", manifest.needs().roles())
                .put("colocationGroups", manifest.objects().groups())
                .put("distributedSchemas", manifest.objects().schemas())
                .put("distributedFunctions", manifest.objects().functions(), ManifestWriter::function)
                .put("schemaArchive", file(manifest.schema()))
                .put("tables", manifest.tables(), ManifestWriter::table)
                .put("sequences", manifest.sequences(), ManifestWriter::sequence)
                .put("materializedViews", manifest.materializedViews(), ManifestWriter::name)
                .text();
    }

    private static JsonObject settings(ProjectSettings settings) {
        return new JsonObject()
                .put("users", settings.users(), ManifestWriter::user)
                .put("connectionLimit", settings.connectionLimit())
                .put("settings", settings.settings())
                .put("extensions", List.copyOf(settings.extensions()))
                .put(
                        "distribution",
                        settings.distribution().map(StoredRule::of).orElse(List.of()),
                        ManifestWriter::rule);
    }

    private static JsonObject rule(StoredRule rule) {
        return new JsonObject()
                .put("kind", rule.kind().name())
                .put("subject", rule.subject())
                .put("column", rule.column())
                .put("colocatedWith", rule.options().colocatedWith().map(ManifestWriter::name))
                .put("alone", rule.options().alone())
                .put("shardCount", rule.options().shardCount());
    }

    private static JsonObject user(BackedUpUser user) {
        return new JsonObject()
                .put("name", user.name())
                .put("level", user.level().word())
                .put("schemas", user.options().schemas())
                .put("tables", user.options().tables(), ManifestWriter::grant)
                .put("settings", user.options().settings())
                .put("connectionLimit", user.options().connectionLimit())
                .put("validUntil", user.options().validUntil().map(Instant::toString));
    }

    private static JsonObject grant(TableGrant grant) {
        return name(grant.table())
                .put("privileges", grant.privileges().stream().map(Enum::name).toList())
                .put("columns", grant.columns());
    }

    private static JsonObject function(DistributedFunction function) {
        return new JsonObject()
                .put("signature", function.signature())
                .put("argument", function.argument())
                .put("group", function.group())
                .put("forceDelegation", function.forceDelegation());
    }

    private static JsonObject table(BackedUpTable table) {
        return name(table.name())
                .put("layout", table.layout().word())
                .put("column", table.column())
                .put("group", table.group())
                .put("partitioned", table.partitioned())
                .put("partition", table.partition())
                .put("columnar", table.columnar().map(ManifestWriter::columnar))
                .put("columns", table.columns())
                .put("rows", table.rows())
                .put("files", table.files(), ManifestWriter::file);
    }

    private static JsonObject columnar(ColumnarOptions options) {
        return new JsonObject()
                .put("chunkGroupRowLimit", options.chunkGroupRowLimit())
                .put("stripeRowLimit", options.stripeRowLimit())
                .put("compression", options.compression())
                .put("compressionLevel", options.compressionLevel());
    }

    private static JsonObject sequence(BackedUpSequence sequence) {
        return name(sequence.name()).put("lastValues", sequence.lastValues());
    }

    private static JsonObject file(StoredFile file) {
        JsonObject json = new JsonObject()
                .put("path", file.path())
                .put("rows", file.rows())
                .put("bytes", file.bytes())
                .put("sha256", file.sha256());
        return file.shards().isEmpty() ? json : json.put("shards", file.shards(), ManifestWriter::shard);
    }

    private static JsonObject shard(StoredShard shard) {
        return new JsonObject()
                .put("first", shard.range().map(HashRange::first))
                .put("last", shard.range().map(HashRange::last))
                .put("rows", shard.rows())
                .put("bytes", shard.bytes());
    }

    private static JsonObject name(TableName name) {
        return new JsonObject().put("schema", name.schema()).put("name", name.table());
    }
}
