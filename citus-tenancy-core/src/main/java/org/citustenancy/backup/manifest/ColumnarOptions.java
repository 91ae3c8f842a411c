package org.citustenancy.backup.manifest;

/**
 * How a columnar table is stored.
 *
 * @param chunkGroupRowLimit rows of a chunk group
 * @param stripeRowLimit rows of a stripe
 * @param compression the compression's name
 * @param compressionLevel its level
 */
public record ColumnarOptions(int chunkGroupRowLimit, int stripeRowLimit, String compression, int compressionLevel) {}
