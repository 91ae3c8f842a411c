package org.citustenancy.internal.backup.dump;

import java.util.Optional;
import org.citustenancy.backup.manifest.HashRange;
import org.citustenancy.tables.TableName;

/**
 * A relation from which rows are read.
 *
 * @param relation a table or a shard, on the node that is read
 * @param range the range of the shard's rows in its table, absent if it has all rows
 */
record RowSource(TableName relation, Optional<HashRange> range) {}
