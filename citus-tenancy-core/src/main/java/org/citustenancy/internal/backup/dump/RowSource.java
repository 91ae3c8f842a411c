package org.citustenancy.internal.backup.dump;

import java.util.Optional;
import org.citustenancy.backup.manifest.HashRange;
import org.citustenancy.tables.TableName;

/**
 * A relation from which rows are read.
 *
 * @param relation a table or a shard, on the node that is read
 * @param range which rows of its table a shard has, absent where it has all of them
 */
record RowSource(TableName relation, Optional<HashRange> range) {}
