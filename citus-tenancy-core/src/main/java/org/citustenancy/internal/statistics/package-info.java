/**
 * Asks the nodes for figures and puts together what they say: shared figures by one statement for each node, contents by
 * a session in each project's database, and only so many of these at a time.
 */
@NullMarked
package org.citustenancy.internal.statistics;

import org.jspecify.annotations.NullMarked;
