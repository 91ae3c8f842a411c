/**
 * Queries the nodes for figures and combines the answers: shared figures by one statement for each node, contents by a
 * session in each project's database, with a limit on concurrent sessions. A class belongs here if it reads or combines
 * figures.
 */
@NullMarked
package org.citustenancy.internal.statistics;

import org.jspecify.annotations.NullMarked;
