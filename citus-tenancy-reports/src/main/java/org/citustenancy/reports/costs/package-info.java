/** The cost of a shared cluster compared with a cluster for each project, and each project's part of it. */
@NullMarked
package org.citustenancy.reports.costs;

import org.jspecify.annotations.NullMarked;
