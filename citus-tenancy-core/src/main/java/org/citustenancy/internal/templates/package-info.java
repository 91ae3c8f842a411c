/**
 * Templates: projects that are filled once, sealed, and copied from then on.
 */
@NullMarked
package org.citustenancy.internal.templates;

import org.jspecify.annotations.NullMarked;
