package org.citustenancy.capacity;

/**
 * How many connections an application may open to a project, as it declares itself.
 *
 * @param project the project
 * @param application the application's name, which all its instances share
 * @param connections how many at most, over all its instances
 */
public record DeclaredPool(String project, String application, int connections) {}
