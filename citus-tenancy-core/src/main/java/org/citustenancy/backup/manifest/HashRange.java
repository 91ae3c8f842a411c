package org.citustenancy.backup.manifest;

/**
 * The hash values of the distribution column whose rows are in one shard.
 *
 * @param first the lowest
 * @param last the highest
 */
public record HashRange(int first, int last) {}
