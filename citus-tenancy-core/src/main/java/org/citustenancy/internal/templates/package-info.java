/** Templates: projects that are filled once and sealed, and the projects that are made from them. */
@NullMarked
package org.citustenancy.internal.templates;

import org.jspecify.annotations.NullMarked;
