package org.citustenancy.spring.internal.requests;

/** Paths of requests that are for no project. */
@FunctionalInterface
public interface PathsWithoutProject {

    /**
     * Returns whether a request to this path is for no project.
     *
     * @param path the path within the application
     */
    boolean contain(String path);
}
