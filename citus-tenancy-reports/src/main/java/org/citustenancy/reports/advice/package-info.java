/**
 * Recommendations with their reasons: whether a project should stay on a shared cluster, and how to distribute its
 * tenants.
 */
@NullMarked
package org.citustenancy.reports.advice;

import org.jspecify.annotations.NullMarked;
