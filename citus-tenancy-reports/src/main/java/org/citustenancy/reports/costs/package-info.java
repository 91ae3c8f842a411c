/**
 * What a shared cluster costs against a cluster for each project, and what each project's part of it is.
 */
@NullMarked
package org.citustenancy.reports.costs;

import org.jspecify.annotations.NullMarked;
