package org.citustenancy.capacity;

/**
 * The number of connections that an application may open to a project, as declared by the application.
 *
 * @param project the project
 * @param application the name of the application, which all its instances share
 * @param connections the maximum number, over all its instances
 */
public record DeclaredPool(String project, String application, int connections) {}
