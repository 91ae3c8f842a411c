/**
 * The tables of a project and how they lie on the nodes: distributed by a column, copied to every node, or by schema.
 */
@NullMarked
package org.citustenancy.tables;

import org.jspecify.annotations.NullMarked;
