package org.citustenancy.internal.backup.store;

import java.nio.file.Path;

/**
 * A program of PostgreSQL on this machine.
 *
 * @param file where it is
 * @param major the first part of its version
 */
public record PostgresProgram(Path file, int major) {}
