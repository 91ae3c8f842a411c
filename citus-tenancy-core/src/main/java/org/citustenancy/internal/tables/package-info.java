/**
 * Distributes tables and schemas: observes their distribution, runs the missing statements, and observes again. The
 * classes that read, compare and change the distribution or the owner of tables belong here.
 */
@NullMarked
package org.citustenancy.internal.tables;

import org.jspecify.annotations.NullMarked;
