package org.citustenancy.internal.backup.dump;

import java.util.List;
import org.citustenancy.backup.manifest.BackedUpSequence;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.DistributedObjects;
import org.citustenancy.backup.manifest.Needs;
import org.citustenancy.tables.TableName;

/**
 * The contents of a project, without rows.
 *
 * @param postgres the version of PostgreSQL as a number
 * @param citus the version of Citus
 * @param needs extensions, and roles of every kind
 * @param objects distributed schemas and functions, and colocation groups
 * @param tables the tables
 * @param sequences the sequences
 * @param materializedViews the materialised views that have rows
 */
public record Contents(
        int postgres,
        String citus,
        Needs needs,
        DistributedObjects objects,
        List<BackedUpTable> tables,
        List<BackedUpSequence> sequences,
        List<TableName> materializedViews) {}
