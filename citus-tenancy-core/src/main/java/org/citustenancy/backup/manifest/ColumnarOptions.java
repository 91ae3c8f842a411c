package org.citustenancy.backup.manifest;

/**
 * The storage options of a columnar table.
 *
 * @param chunkGroupRowLimit the number of rows in a chunk group
 * @param stripeRowLimit the number of rows in a stripe
 * @param compression the compression's name
 * @param compressionLevel the compression level
 */
public record ColumnarOptions(int chunkGroupRowLimit, int stripeRowLimit, String compression, int compressionLevel) {}
