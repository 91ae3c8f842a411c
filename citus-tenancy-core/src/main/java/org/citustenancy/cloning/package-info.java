/** The options of copying a project. */
@NullMarked
package org.citustenancy.cloning;

import org.jspecify.annotations.NullMarked;
