/**
 * What a backup says of itself: everything that {@code pg_dump} leaves out, and what each of its files must be.
 */
@NullMarked
package org.citustenancy.backup.manifest;

import org.jspecify.annotations.NullMarked;
