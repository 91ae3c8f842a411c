package org.citustenancy.backup.manifest;

/**
 * The range of hash values of the distribution column that a shard contains.
 *
 * @param first the lowest value
 * @param last the highest value
 */
public record HashRange(int first, int last) {}
