/**
 * Runs tasks on several threads. All concurrent work of the core module uses this package. Thread factories and the
 * classes that start, limit and await tasks belong here.
 */
@NullMarked
package org.citustenancy.internal.concurrent;

import org.jspecify.annotations.NullMarked;
