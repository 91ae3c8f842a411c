/**
 * Repairs projects: reconciles a project with its desired state, and then distributes its tables if the options say so. The
 * parts of a repair belong to provisioning and to the tables.
 */
@NullMarked
package org.citustenancy.internal.repairing;

import org.jspecify.annotations.NullMarked;
