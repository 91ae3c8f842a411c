/**
 * Whether a project should stay on a shared cluster, and how its tenants should be distributed; each with its reasons.
 */
@NullMarked
package org.citustenancy.reports.advice;

import org.jspecify.annotations.NullMarked;
