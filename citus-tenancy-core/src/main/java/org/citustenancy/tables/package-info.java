/**
 * The tables of a project and their distribution over the nodes: by a column, as copies on every node, or by schema.
 */
@NullMarked
package org.citustenancy.tables;

import org.jspecify.annotations.NullMarked;
