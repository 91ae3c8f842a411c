package org.citustenancy.internal.backup.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citustenancy.backup.manifest.BackedUpSequence;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.BackedUpUser;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.backup.manifest.DistributedObjects;
import org.citustenancy.backup.manifest.HashRange;
import org.citustenancy.backup.manifest.Needs;
import org.citustenancy.backup.manifest.Origin;
import org.citustenancy.backup.manifest.ProjectSettings;
import org.citustenancy.backup.manifest.StoredFile;
import org.citustenancy.backup.manifest.StoredShard;
import org.citustenancy.backup.manifest.TableLayout;
import org.citustenancy.errors.BackupException;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.TableName;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.UserOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text of a manifest stays as it is, since older backups must stay readable. */
class ManifestFormatTest {

    private static final String TEXT = """
            {
              "formatVersion": 1,
              "project": "a \\"b\\"\\n",
              "madeAt": "2026-01-02T03:04:05Z",
              "way": "snapshots",
              "postgres": 150013,
              "citus": "13.0",
              "writerVersion": "1",
              "mark": "mark",
              "hasRows": true,
              "rows": 5,
              "bytes": 17,
              "settings": {
                "users": [
                  {
                    "name": "u",
                    "level": "owner",
                    "schemas": [
                      "public"
                    ],
                    "tables": [],
                    "settings": {}
                  }
                ],
                "connectionLimit": 5,
                "settings": {
                  "work_mem": "4MB"
                },
                "extensions": [],
                "distribution": [
                  {
                    "kind": "DISTRIBUTE",
                    "subject": "t",
                    "column": "company",
                    "colocatedWith": {
                      "schema": "s",
                      "name": "T."
                    },
                    "alone": false
                  },
                  {
                    "kind": "OTHERWISE",
                    "subject": "REFUSE",
                    "column": "",
                    "alone": false
                  }
                ]
              },
              "neededExtensions": [],
              "neededRoles": [],
              "colocationGroups": {"1": 32, "2": 4},
              "distributedSchemas": [],
              "distributedFunctions": [],
              "schemaArchive": {
                "path": "schema.dump",
                "rows": 0,
                "bytes": 10,
                "sha256": "cd"
              },
              "tables": [
                {
                  "schema": "public",
                  "name": "t",
                  "layout": "distributed",
                  "column": "id",
                  "group": 1,
                  "partitioned": false,
                  "partition": false,
                  "columns": [
                    "id"
                  ],
                  "rows": 5,
                  "files": [
                    {
                      "path": "rows/1.gz",
                      "rows": 5,
                      "bytes": 7,
                      "sha256": "ab",
                      "shards": [
                        {"first": -5, "last": -1, "rows": 2, "bytes": 3},
                        {"rows": 3, "bytes": 4}
                      ]
                    }
                  ]
                }
              ],
              "sequences": [
                {
                  "schema": "public",
                  "name": "s",
                  "lastValues": {"0": 5}
                }
              ],
              "materializedViews": []
            }
            """;

    private static BackupManifest manifest() {
        StoredFile rows = new StoredFile(
                "rows/1.gz",
                5,
                7,
                "ab",
                List.of(
                        new StoredShard(Optional.of(new HashRange(-5, -1)), 2, 3),
                        new StoredShard(Optional.empty(), 3, 4)));
        return new BackupManifest(
                new Origin(
                        "a \"b\"\n",
                        Instant.parse("2026-01-02T03:04:05Z"),
                        150_013,
                        "13.0",
                        "1",
                        "snapshots",
                        Optional.of("mark")),
                new ProjectSettings(
                        List.of(new BackedUpUser("u", AccessLevel.OWNER, UserOptions.STANDARD)),
                        OptionalInt.of(5),
                        new TreeMap<>(Map.of("work_mem", "4MB")),
                        new TreeSet<>(),
                        Optional.of(DistributionRules.create()
                                .distribute("t", "company", options -> options.colocatedWith("s.\"T.\"")))),
                new Needs(List.of(), List.of()),
                new DistributedObjects(new TreeMap<>(Map.of(1, 32, 2, 4)), List.of(), List.of()),
                List.of(new BackedUpTable(
                        new TableName("public", "t"),
                        TableLayout.DISTRIBUTED,
                        Optional.of("id"),
                        OptionalInt.of(1),
                        false,
                        false,
                        Optional.empty(),
                        List.of("id"),
                        List.of(rows))),
                List.of(new BackedUpSequence(new TableName("public", "s"), new TreeMap<>(Map.of(0, 5L)))),
                List.of(),
                true,
                new StoredFile("schema.dump", 0, 10, "cd"));
    }

    @Test
    void a_manifest_is_written_and_read() {
        assertThat(ManifestWriter.text(manifest())).isEqualTo(TEXT);
        assertThat(ManifestReader.read(TEXT)).isEqualTo(manifest());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"project\":          | \"other\":         | manifest.project is not a text",
                "\"hasRows\": true     | \"hasRows\": 1     | manifest.hasRows is not true or false",
                "\"postgres\": 150013  | \"postgres\": null | manifest.postgres is not a number",
                "{\"1\": 32            | {\"x\": 32         | \"x\" in manifest.colocationGroups is no number",
                "\"work_mem\": \"4MB\" | \"work_mem\": 4    | manifest.settings.settings.work_mem is not a text",
                "\"neededRoles\": []   | \"neededRoles\": [1] | manifest.neededRoles[0] is not a text",
                "\"sha256\": \"ab\"    | \"sha256\": 5      | manifest.tables[0].files[0].sha256 is not a text",
                "\"column\": \"id\"    | \"column\": 5      | manifest.tables[0].column is not a text",
                "\"formatVersion\": 1, | \"formatVersion\": 1 | line 3, column",
            })
    void what_is_damaged_is_named(String whole, String damaged, String where) {
        assertThat(TEXT).contains(whole);
        assertThatThrownBy(() -> ManifestReader.read(TEXT.replace(whole, damaged)))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("The manifest is damaged: ")
                .hasMessageContaining(where)
                .hasMessageContaining("nothing was touched");
    }
}
