package org.citustenancy.internal.backup.store;

import java.nio.file.Path;

/**
 * A program of PostgreSQL on this machine.
 *
 * @param file its path
 * @param major its major version
 */
public record PostgresProgram(Path file, int major) {}
